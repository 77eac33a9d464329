package io.chatterbox.bus;

import io.chatterbox.contract.Caller;
import io.chatterbox.contract.Commands;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.RedisNames;
import io.chatterbox.contract.Refusal;
import io.chatterbox.contract.Service;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/// Sends commands to a service and hands over the replies.
///
/// Every command gets exactly one reply, 10.5 s later at the latest. `UNAVAILABLE` means that it is
/// not known whether the command was or will be done; sending it again with the same id is safe.
@Singleton
public final class CommandClient {
  private static final Logger LOG = Logger.getLogger(CommandClient.class);
  private static final long SWEEP_MILLIS = 50;

  private final BusConfig config;
  private final Json json;
  private final Replies replies;
  private final Commands commands = Commands.all();
  private final Outbox outbox;
  private final Channels channels;
  private final String replyTo;

  @Inject
  CommandClient(
      Links links,
      Channels channels,
      Json json,
      Node node,
      BusConfig config,
      MeterRegistry meters) {
    this.config = config;
    this.json = json;
    this.replies = new Replies(json);
    this.channels = channels;
    this.replyTo = RedisNames.replies(node.incarnation());
    this.outbox =
        new Outbox(links.requests(), new Entries(json), replyTo, config, new ClientMetrics(meters));
    channels.subscribe(replyTo, this::heard).onFailure(_ -> LOG.warn("replies are not heard yet"));
    channels.onRestored(outbox::hurry);
    Context context = links.context();
    context.runOnContext(
        _ -> links.vertx().setPeriodic(SWEEP_MILLIS, _ -> outbox.sweep(repliesAreHeard())));
  }

  /// Sends an entry. May be called on any thread and does not block.
  ///
  /// @param onReply called once for each of the entry's commands, in any order, on any thread; must
  ///   not block
  public void send(CommandEntry entry, Consumer<Reply> onReply) {
    outbox.send(entry, onReply, repliesAreHeard());
  }

  /// Sends one command under a new id and waits for its reply. Blocks: not for event loops.
  ///
  /// @throws Refusal when refused, `UNAVAILABLE` when there was no answer
  public Reply.Done ask(Service service, Key key, Caller caller, Record command) {
    return ask(service, key, caller, UUID.randomUUID().toString(), command);
  }

  /// The same under an id of the caller's, so that a repeat is recognised.
  public Reply.Done ask(Service service, Key key, Caller caller, String commandId, Record command) {
    if (Context.isOnEventLoopThread()) {
      throw new IllegalStateException("blocking an event loop");
    }
    String event = commands.routeOf(command.getClass()).about().event();
    CommandItem item = new CommandItem(commandId, event, json.write(command));
    CompletableFuture<Reply> answer = new CompletableFuture<>();
    send(new CommandEntry(service, key, caller, List.of(item)), answer::complete);
    return switch (await(answer)) {
      case Reply.Done done -> done;
      case Reply.Refused refused -> throw refused.failure().refusal();
    };
  }

  @PreDestroy
  void close() {
    outbox.close();
  }

  /// As far as is known.
  private boolean repliesAreHeard() {
    return channels.hears(replyTo);
  }

  private Reply await(CompletableFuture<Reply> answer) {
    try {
      // the outbox answers by itself; this is for the case that its timer is dead
      return answer.get(2 * config.giveUp().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Refusal.unavailable();
    } catch (ExecutionException | TimeoutException e) {
      throw new Refusal(ErrorCode.UNAVAILABLE, Refusal.unavailable().sentence());
    }
  }

  private void heard(Buffer message) {
    for (Reply reply : replies.read(message)) {
      outbox.answered(reply);
    }
  }
}
