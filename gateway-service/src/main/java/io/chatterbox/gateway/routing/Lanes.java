package io.chatterbox.gateway.routing;

import io.chatterbox.bus.CommandEntry;
import io.chatterbox.bus.Reply;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.Command;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.Refusal;
import io.chatterbox.engineio.Loop;
import io.chatterbox.gateway.fanout.Joins;
import io.chatterbox.gateway.fanout.Member;
import io.chatterbox.socketio.Event;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The commands of one socket. Those about one key keep their order: one entry is on its way at a
/// time, and what arrives meanwhile is the next. Only on the socket's loop.
///
/// Every command is answered in time, and what was taken in is sent even if its socket has gone.
public final class Lanes {
  private static final long RETRY_AFTER_MILLIS = 1_000;
  private static final int MANY = 64;

  private final Dispatch dispatch;
  private final Loop loop;
  private final Member member;
  private final Consumer<Key> onLeave;
  private final Map<Routed.LaneKey, Lane> lanes = new HashMap<>();
  private final Set<Key> joined = new HashSet<>();
  private final ArrayDeque<Due> byAge = new ArrayDeque<>();
  private Caller caller;
  private int pending;
  private int pendingBytes;
  private Loop.@Nullable Timer timer;
  private boolean ended;

  /// Without the body, so that it is small.
  private record Due(Answer answer, long nanos) {}

  private static final class Lane {
    private final ArrayDeque<Routed> waiting = new ArrayDeque<>();
    private final Map<String, Routed> sent = new HashMap<>();
  }

  /// @param onLeave told of keys that the socket leaves
  public Lanes(Dispatch dispatch, Member member, Caller caller, Consumer<Key> onLeave) {
    this.dispatch = dispatch;
    this.member = member;
    this.loop = member.socket().loop();
    this.caller = caller;
    this.onLeave = onLeave;
  }

  /// The socket is in these already.
  public void joined(Collection<Key> keys) {
    joined.addAll(keys);
  }

  /// Commands that are sent from now on are in this name.
  public void caller(Caller renewed) {
    caller = renewed;
  }

  /// Takes an event in, or refuses it.
  public void add(Event event, Answer answer) {
    Routed routed;
    try {
      routed = dispatch.route(event, caller.userId(), answer);
    } catch (Refusal refusal) {
      answer.refuse(refusal);
      return;
    }
    if (pending >= dispatch.config().pending()
        || (pending > 0 && pendingBytes + routed.bytes() > dispatch.config().pendingBytes())) {
      answer.refuse(
          new Refusal(
              ErrorCode.RATE_LIMITED,
              "Too much waits to be done already; nothing was changed.",
              RETRY_AFTER_MILLIS));
      return;
    }
    pending++;
    pendingBytes += routed.bytes();
    dispatch.pendingCount().incrementAndGet();
    forgetAnswered();
    byAge.add(new Due(answer, routed.dueNanos()));
    watch();
    Lane lane = lanes.computeIfAbsent(routed.lane(), _ -> new Lane());
    lane.waiting.add(routed);
    next(routed.lane(), lane);
  }

  /// The socket has ended: nobody waits for answers, and joins make no sense.
  public void end() {
    ended = true;
    if (timer != null) {
      timer.cancel();
    }
  }

  private void next(Routed.LaneKey key, Lane lane) {
    while (lane.sent.isEmpty()) {
      Routed first = lane.waiting.peek();
      if (first == null) {
        lanes.remove(key, lane);
        return;
      }
      if (first.isAlone()) {
        lane.waiting.remove();
        lane.sent.put(first.id(), first);
        alone(first, lane);
      } else {
        send(key, lane, batch(lane));
      }
    }
  }

  private List<Routed> batch(Lane lane) {
    List<Routed> batch = new ArrayList<>();
    for (Routed next = lane.waiting.peek();
        next != null && !next.isAlone() && batch.size() < dispatch.config().atOnce();
        next = lane.waiting.peek()) {
      lane.waiting.remove();
      if (next.answer().isGiven()) {
        settled(next);
      } else if (next.needsJoin() && !joined.contains(next.key())) {
        refuseOutside(next);
      } else {
        batch.add(next);
      }
    }
    return batch;
  }

  private void send(Routed.LaneKey key, Lane lane, List<Routed> batch) {
    if (batch.isEmpty()) {
      return;
    }
    batch.forEach(routed -> lane.sent.put(routed.id(), routed));
    CommandEntry entry =
        new CommandEntry(
            key.service(), key.key(), caller, batch.stream().map(Routed::item).toList());
    dispatch.client().send(entry, reply -> loop.execute(() -> replied(key, lane, reply)));
  }

  private void replied(Routed.LaneKey key, Lane lane, Reply reply) {
    Routed routed = lane.sent.remove(reply.commandId());
    if (routed == null) {
      return;
    }
    answer(routed, reply);
    settled(routed);
    next(key, lane);
  }

  private static void answer(Routed routed, Reply reply) {
    switch (reply) {
      case Reply.Done(_, _, var body) -> routed.answer().done(body);
      case Reply.Refused(_, var failure) -> routed.answer().refuse(failure, routed.key());
    }
  }

  // ---- joins and leaves

  private void alone(Routed routed, Lane lane) {
    if (routed.answer().isGiven() || ended) {
      loop.execute(() -> skipped(routed, lane));
    } else if (routed.route().about().effect() == Command.Effect.JOIN
        && !routed.key().id().isEmpty()) {
      dispatch
          .joins()
          .prepare(
              member, routed.key(), ticket -> loop.execute(() -> prepared(routed, lane, ticket)));
    } else {
      sendAlone(routed, lane, Optional.empty());
    }
  }

  private void prepared(Routed routed, Lane lane, Optional<Joins.Ticket> ticket) {
    if (ticket.isEmpty()) {
      routed.answer().refuse(Refusal.unavailable());
      skipped(routed, lane);
    } else {
      sendAlone(routed, lane, ticket);
    }
  }

  private void sendAlone(Routed routed, Lane lane, Optional<Joins.Ticket> ticket) {
    dispatch
        .client()
        .send(
            new CommandEntry(
                routed.route().service(), routed.key(), caller, List.of(routed.item())),
            reply -> loop.execute(() -> settledAlone(routed, lane, ticket, reply)));
  }

  private void settledAlone(Routed routed, Lane lane, Optional<Joins.Ticket> ticket, Reply reply) {
    Consumer<Runnable> answer = then -> loop.execute(() -> answerAlone(routed, lane, reply, then));
    if (routed.answer().isGiven() || !(reply instanceof Reply.Done(_, long rev, _))) {
      answer.accept(() -> ticket.ifPresent(Joins.Ticket::refused));
    } else if (ticket.isPresent()) {
      joined.add(routed.key());
      ticket.get().granted(rev, answer);
    } else {
      // answered when nothing is heard any more, so that who joins again knows what is of that
      joined.remove(routed.key());
      onLeave.accept(routed.key());
      dispatch.joins().leave(member, routed.key(), () -> answer.accept(() -> {}));
    }
  }

  private void answerAlone(Routed routed, Lane lane, Reply reply, Runnable then) {
    answer(routed, reply);
    then.run();
    skipped(routed, lane);
  }

  private void skipped(Routed routed, Lane lane) {
    lane.sent.remove(routed.id());
    settled(routed);
    next(routed.lane(), lane);
  }

  // ---- answers of the gateway's own

  /// The order of checks is form, existence, right: the service would have checked the form.
  private void refuseOutside(Routed routed) {
    try {
      dispatch.checkForm(routed);
    } catch (Refusal refusal) {
      routed.answer().refuse(refusal);
      settled(routed);
      return;
    }
    dispatch
        .standing()
        .whyNotInRoom(
            routed.key(),
            failure ->
                loop.execute(() -> {
                  routed.answer().refuse(failure);
                  settled(routed);
                }));
  }

  private void settled(Routed routed) {
    pending--;
    pendingBytes -= routed.bytes();
    dispatch.pendingCount().decrementAndGet();
  }

  /// Looks after the oldest; all wait equally long, so the oldest is due first.
  private void watch() {
    if (timer != null || ended) {
      return;
    }
    forgetAnswered();
    Due oldest = byAge.peek();
    if (oldest != null) {
      long left = TimeUnit.NANOSECONDS.toMillis(oldest.nanos() - System.nanoTime());
      timer = loop.schedule(Math.max(1, left), this::due);
    }
  }

  private void forgetAnswered() {
    if (byAge.size() > 2 * (pending + MANY)) {
      byAge.removeIf(due -> due.answer().isGiven());
    }
    while (!byAge.isEmpty() && byAge.element().answer().isGiven()) {
      byAge.remove();
    }
  }

  private void due() {
    timer = null;
    long now = System.nanoTime();
    while (!byAge.isEmpty()
        && (byAge.element().answer().isGiven() || byAge.element().nanos() <= now)) {
      byAge.remove().answer().refuse(Refusal.unavailable());
    }
    watch();
  }
}
