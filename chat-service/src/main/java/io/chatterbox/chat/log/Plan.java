package io.chatterbox.chat.log;

import io.chatterbox.contract.Key;
import io.chatterbox.contract.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the open commands of a batch come to if nobody else writes: entries with the numbers they
/// would get, and answers. Computes only.
final class Plan {

  /// An entry to be inserted, and the command it comes from.
  record Placed(Job.Writing<?> job, Entry entry) {}

  /// A command that comes to no entry.
  sealed interface Answered {
    Job job();
  }

  /// Refused, whether or not it was done before.
  record Refused(Job job, Refusal refusal) implements Answered {}

  /// Answered by the entry as which it was stored before, if there is one; else as drafted.
  ///
  /// @param rev the key's at this place
  record Unless(Job.Writing<?> job, CommandRef stored, long rev, Draft draft) implements Answered {}

  /// Answered by the entry as which it was stored before. Who may not know it any more was refused.
  record Stored(Job.Writing<?> job, Entry entry) implements Answered {}

  /// A change without a number, at its place.
  record Checked(Job.Setting<?> job, Turn turn) {}

  /// The same command again, within the batch.
  record Repeated(Job.Writing<?> job, Job.Writing<?> first) {}

  final List<Placed> placed = new ArrayList<>();
  final List<Answered> answered = new ArrayList<>();
  final List<Checked> checked = new ArrayList<>();
  final List<Repeated> repeated = new ArrayList<>();

  private final Kinds kinds;
  private final Map<Key, Head> heads;
  private final Fetched fetched;
  private final Instant now;
  private final Map<CommandRef, Job.Writing<?>> firsts = new HashMap<>();

  /// A plan of nothing yet.
  ///
  /// @param heads where each key's log ends; a key that is not in it has none
  Plan(Kinds kinds, Map<Key, Head> heads, Fetched fetched, Instant now) {
    this.kinds = kinds;
    this.heads = new HashMap<>(heads);
    this.fetched = fetched;
    this.now = now;
  }

  void add(Job job) {
    Head head = heads.getOrDefault(job.pending.key(), Head.none(job.pending.key()));
    try {
      switch (job) {
        case Job.Writing<?> writing -> add(writing, head);
        case Job.Setting<?> setting ->
            checked.add(new Checked(setting, setting.check(head, fetched, now)));
        case Job.Hopeless _ -> throw new IllegalArgumentException("answered already");
      }
    } catch (Refusal refusal) {
      answered.add(new Refused(job, refusal));
    }
  }

  private void add(Job.Writing<?> job, Head head) {
    Draft draft = job.draft(head, fetched, now);
    CommandRef ref = job.ref(draft.commandId());
    Job.Writing<?> first = firsts.get(ref);
    if (first != null) {
      repeated.add(new Repeated(job, first));
      return;
    }
    switch (draft) {
      case Draft.Write write -> {
        firsts.put(ref, job);
        job.before.ifPresentOrElse(
            entry -> answered.add(new Stored(job, entry)), () -> place(job, write, head));
      }
      case Draft.Done _, Draft.Refused _ -> answered.add(new Unless(job, ref, head.rev(), draft));
    }
  }

  private void place(Job.Writing<?> job, Draft.Write write, Head head) {
    Entry entry =
        new Entry(
            head.key(),
            head.rev() + 1,
            write.message() ? head.seq() + 1 : 0,
            job.pending.caller().userId(),
            write.commandId(),
            write.kind(),
            Entries.stamp(now),
            write.body());
    heads.put(head.key(), kinds.fold(head, entry));
    fetched.put(entry.amended().orElse(entry));
    job.metered = write.metered();
    placed.add(new Placed(job, entry));
  }
}
