package io.chatterbox.ai.provider;

import io.chatterbox.ai.provider.ProviderFailure.Kind;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.net.impl.ConnectionBase;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jboss.resteasy.reactive.client.impl.ClientRequestContextImpl;
import org.jboss.resteasy.reactive.client.impl.RestClientRequestContext;
import org.jspecify.annotations.Nullable;

/// One HTTP exchange with the provider, found through the context it runs on.
///
/// The REST client closes the connection of a cancelled stream only once the answer's head has
/// come, which a model that is busy reading a long prompt may take long for. So the request itself
/// is reset.
final class Exchange {
  private static final long SOON_MS = 10;
  private static final int MOST_RETRY_AFTER_S = 3_600;

  private final Completion completion;
  // only touched on the exchange's context
  private @Nullable RestClientRequestContext request;
  private boolean over;

  Exchange(Completion completion) {
    this.completion = completion;
  }

  /// The one that this context was made for.
  static Optional<Exchange> of(@Nullable Context context) {
    return context == null
        ? Optional.empty()
        : Optional.ofNullable(context.getLocal(Exchange.class));
  }

  /// The request is on its way, or about to be.
  void begun(Context context, Cancellable stream) {
    completion.onHangUp(() -> context.runOnContext(_ -> close(context, stream)));
  }

  /// What an exception means. Statuses never come here: [Filter] sees them first.
  static Kind kindOf(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case ConnectException _, UnknownHostException _ -> {
          return Kind.UNREACHABLE;
        }
        case TimeoutException _ -> {
          return Kind.TIMEOUT;
        }
        case VertxException _ -> {
          return Kind.CUT;
        }
        case IllegalStateException _ -> {
          // the reader of server-sent events
          return Kind.UNINTELLIGIBLE;
        }
        default -> {}
      }
    }
    return Kind.CUT;
  }

  private void close(Context context, Cancellable stream) {
    if (over) {
      return;
    }
    HttpClientRequest sent = request == null ? null : request.getHttpClientRequest();
    if (sent != null) {
      over = true;
      sent.reset();
      stream.cancel();
    } else if (request != null && !request.getResult().isDone()) {
      // being connected, for no longer than a connection may take
      context.owner().setTimer(SOON_MS, _ -> close(context, stream));
    }
  }

  /// Notices that the connection is closed, also when that is before the stream is read. One
  /// connection carries one exchange at a time, so the handler of an earlier one is not missed.
  private void watchConnection() {
    HttpClientRequest sent = request == null ? null : request.getHttpClientRequest();
    if (sent != null && sent.connection() instanceof ConnectionBase connection) {
      var _ = connection.closeHandler(_ -> completion.closed());
      if (!connection.channel().isActive()) {
        completion.closed();
      }
    }
  }

  private void answered(int status, @Nullable MediaType type, @Nullable String retryAfter) {
    switch (status) {
      case 200 -> {
        if (type == null || !MediaType.SERVER_SENT_EVENTS_TYPE.isCompatible(type)) {
          completion.failed(ProviderFailure.of(Kind.UNINTELLIGIBLE));
        }
      }
      case 401, 403 -> completion.failed(ProviderFailure.of(Kind.REFUSED));
      case 429 -> completion.failed(new ProviderFailure(Kind.BUSY, millis(retryAfter)));
      default -> completion.failed(ProviderFailure.of(Kind.FAILED));
    }
  }

  /// `Retry-After` in seconds (RFC 9110 §10.2.3); the other form, a date, is left out.
  private static long millis(@Nullable String retryAfter) {
    return retryAfter != null && retryAfter.matches("[0-9]{1,9}")
        ? Math.min(Integer.parseInt(retryAfter), MOST_RETRY_AFTER_S) * 1_000L
        : 0;
  }

  /// Sees the request before it is sent and the head of the answer.
  static final class Filter implements ClientRequestFilter, ClientResponseFilter {

    @Override
    public void filter(ClientRequestContext context) {
      Exchange.of(Vertx.currentContext())
          .ifPresent(exchange ->
              exchange.request =
                  ((ClientRequestContextImpl) context).getRestClientRequestContext());
    }

    @Override
    public void filter(ClientRequestContext request, ClientResponseContext response) {
      if (response.getHeaders() == null) {
        // called although no answer came; why is told to the subscriber
        return;
      }
      Exchange.of(Vertx.currentContext())
          .ifPresent(exchange -> {
            exchange.watchConnection();
            exchange.answered(
                response.getStatus(),
                response.getMediaType(),
                response.getHeaderString(HttpHeaders.RETRY_AFTER));
          });
    }
  }
}
