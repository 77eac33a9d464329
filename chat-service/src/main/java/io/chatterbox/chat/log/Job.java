package io.chatterbox.chat.log;

import io.chatterbox.bus.PendingCommand;
import io.chatterbox.bus.Reply;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A command of the batch in hand, with its handler and how far it has come. The casts in here are
/// those of a handler that was found by the type of its command.
abstract sealed class Job {
  final PendingCommand pending;
  private @Nullable Reply reply;

  private Job(PendingCommand pending) {
    this.pending = pending;
  }

  boolean isOpen() {
    return reply == null;
  }

  Reply reply() {
    if (reply == null) {
      throw new IllegalStateException("not answered: " + pending.event());
    }
    return reply;
  }

  /// Takes over another command's reply.
  void reply(Reply same) {
    reply =
        switch (same) {
          case Reply.Done done -> new Reply.Done(pending.id(), done.rev(), done.body());
          case Reply.Refused refused -> new Reply.Refused(pending.id(), refused.failure());
        };
  }

  void done(long rev, RawJson body) {
    reply = new Reply.Done(pending.id(), rev, body);
  }

  void refused(Refusal refusal) {
    reply = Reply.refused(pending.id(), refusal);
  }

  abstract void wants(Fetched known, Wants wants);

  /// A command that never reaches a handler.
  static final class Hopeless extends Job {
    Hopeless(PendingCommand pending, Refusal refusal) {
      super(pending);
      refused(refusal);
    }

    @Override
    void wants(Fetched known, Wants wants) {}
  }

  /// A command that comes to an entry.
  static final class Writing<C extends Record> extends Job {
    private final EntryHandler<C> handler;
    private final C command;

    /// Whether it counts against the sender's rate.
    boolean metered;

    /// Whether the sender's rate has let it through.
    boolean admitted;

    /// The entry as which it was stored before, as far as that was noticed.
    Optional<Entry> before = Optional.empty();

    Writing(PendingCommand pending, EntryHandler<C> handler, Record command) {
      super(pending);
      this.handler = handler;
      this.command = handler.command().cast(command);
    }

    @Override
    void wants(Fetched known, Wants wants) {
      handler.wants(command, known, wants);
    }

    Draft draft(Head head, Fetched fetched, Instant now) {
      return handler.draft(command, new Turn(pending, head, fetched, now));
    }

    /// The entry that it came to; empty while it is open, and when it came to none.
    private Optional<Entry> entry = Optional.empty();

    void stored(Entry entry) {
      this.entry = Optional.of(entry);
      done(entry.rev(), handler.reply(command, entry));
    }

    /// Takes over what became of the same command.
    void like(Writing<?> first) {
      first.entry.ifPresentOrElse(this::stored, () -> reply(first.reply()));
    }

    /// Answers what needs no entry.
    ///
    /// @param before the entry as which it was stored before
    void answer(Draft draft, long rev, Optional<Entry> before) {
      if (before.isPresent()) {
        stored(before.get());
        return;
      }
      switch (draft) {
        case Draft.Done done -> done(rev, done.body());
        case Draft.Refused refused -> refused(refused.refusal());
        case Draft.Write _ -> throw new IllegalArgumentException("it is written, not answered");
      }
    }

    CommandRef ref(String commandId) {
      return new CommandRef(pending.key(), pending.caller().userId(), commandId);
    }
  }

  /// A command that changes what has no number.
  static final class Setting<C extends Record> extends Job {
    final StateHandler<C> handler;
    private final C command;
    private Optional<StateHandler.Checked<C>> checked = Optional.empty();

    Setting(PendingCommand pending, StateHandler<C> handler, Record command) {
      super(pending);
      this.handler = handler;
      this.command = handler.command().cast(command);
    }

    @Override
    boolean isOpen() {
      return super.isOpen() && checked.isEmpty();
    }

    @Override
    void wants(Fetched known, Wants wants) {
      handler.wants(command, known, wants);
    }

    Turn check(Head head, Fetched fetched, Instant now) {
      Turn turn = new Turn(pending, head, fetched, now);
      handler.check(command, turn);
      return turn;
    }

    void accepted(Turn turn) {
      checked = Optional.of(new StateHandler.Checked<>(command, turn));
    }

    boolean isAccepted() {
      return checked.isPresent();
    }

    /// Settles jobs that all have this one's handler.
    List<StateHandler.Result> settle(List<Setting<?>> same) {
      List<StateHandler.Checked<C>> all =
          same.stream().map(job -> job.checked.orElseThrow()).map(this::own).toList();
      List<StateHandler.Result> results = handler.settle(all);
      for (int i = 0; i < all.size(); i++) {
        same.get(i).done(all.get(i).turn().head().rev(), results.get(i).body());
      }
      return results;
    }

    private StateHandler.Checked<C> own(StateHandler.Checked<?> other) {
      return new StateHandler.Checked<>(handler.command().cast(other.command()), other.turn());
    }
  }
}
