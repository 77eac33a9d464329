package io.chatterbox.rest;

import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Refusal;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jboss.logging.Logger;

/// Another service, at any of its addresses in turn.
///
/// @param <C> its REST client
public final class Peer<C> {
  private static final Logger LOG = Logger.getLogger(Peer.class);
  private static final int CONNECT_MS = 500;
  private static final int READ_MS = 1500;

  private final String name;
  private final List<C> replicas;
  private final AtomicInteger turn = new AtomicInteger();

  public Peer(String name, List<URI> addresses, Class<C> client) {
    this.name = name;
    this.replicas =
        addresses.stream()
            .map(address ->
                QuarkusRestClientBuilder.newBuilder()
                    .baseUri(address)
                    .connectTimeout(CONNECT_MS, TimeUnit.MILLISECONDS)
                    .readTimeout(READ_MS, TimeUnit.MILLISECONDS)
                    .build(client))
            .toList();
  }

  /// Asks one replica, and a second one when the first does not answer.
  ///
  /// @throws Refusal `UNAVAILABLE` when none answers
  public <A> A ask(Function<C, A> question) {
    int first = turn.getAndIncrement();
    for (int i = 0; i < Math.min(2, replicas.size()); i++) {
      try {
        return question.apply(replicas.get(Math.floorMod(first + i, replicas.size())));
      } catch (ProcessingException | WebApplicationException e) {
        LOG.warnf("peer=%s state=away reason=%s", name, e.toString());
      }
    }
    throw new Refusal(ErrorCode.UNAVAILABLE, "A part of the server does not answer; try again.");
  }
}
