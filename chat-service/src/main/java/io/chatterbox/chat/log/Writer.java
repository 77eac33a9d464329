package io.chatterbox.chat.log;

import io.chatterbox.bus.Outcome;
import io.chatterbox.bus.PendingCommand;
import io.chatterbox.contract.Key;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Handles batches of commands that change something. Used by one thread at a time.
///
/// A batch is done in rounds: what is open is planned, all its entries are inserted at once, and
/// what could not be is planned again. Other writers of the same keys do no harm: whoever comes
/// second to a number finds it taken, loads the key again and takes the next.
@Singleton
public class Writer {
  /// Each round answers something, or loses a number to another writer, who has then got on.
  private static final int MOST_ROUNDS = 600;

  /// So many commands are looked for at once after one of them turned out to be a repeat: after a
  /// crash, the whole batch is.
  private static final int LOOK_AHEAD = 64;

  private final Intake intake;
  private final Kinds kinds;
  private final Entries entries;
  private final States states;
  private final Admission admission;
  private final Heads heads;

  Writer(
      Intake intake,
      Kinds kinds,
      Entries entries,
      States states,
      Admission admission,
      Heads heads) {
    this.intake = intake;
    this.kinds = kinds;
    this.entries = entries;
    this.states = states;
    this.admission = admission;
    this.heads = heads;
  }

  /// Handles a batch, in the order given. A batch that failed halfway is simply handled again: what
  /// is stored of it is answered by what it came to.
  public Outcome write(List<PendingCommand> commands) {
    Batch batch = intake.take(commands);
    try {
      List<Job> open = batch.open();
      for (int round = 0; !open.isEmpty(); round++) {
        if (round == MOST_ROUNDS) {
          throw new IllegalStateException("numbers were taken again and again");
        }
        round(batch, open);
        open = batch.open();
      }
      batch.settle();
      return batch.outcome();
    } catch (RuntimeException e) {
      // how much of the batch is stored is not known, so everything is loaded again
      heads.drop(batch.keys());
      throw e;
    }
  }

  private void round(Batch batch, List<Job> open) {
    Map<Key, Head> before = load(batch, open);
    // only now: whatever changes after the heads were known makes the insert fail
    Plan plan = new Plan(kinds, before, intake.fetch(open), batch.now);
    open.forEach(plan::add);
    if (confirm(batch, plan, before) && admission.admit(plan)) {
      Set<Key> lost = insert(batch, plan, before);
      answer(plan, lost);
    }
  }

  /// The heads of all open commands' keys, from memory or else from the store.
  private Map<Key, Head> load(Batch batch, List<Job> open) {
    Map<Key, Head> known = new HashMap<>();
    Set<Key> unknown = new HashSet<>();
    for (Job job : open) {
      Key key = job.pending.key();
      Optional<Head> head = heads.find(key, batch.now);
      if (head.isPresent()) {
        known.put(key, head.get());
      } else {
        unknown.add(key);
      }
    }
    if (!unknown.isEmpty()) {
      States.Loaded loaded = states.load(unknown);
      batch.publications.addAll(kinds.publications(loaded.left()));
      loaded.heads().values().forEach(head -> heads.keep(head, batch.now));
      known.putAll(loaded.heads());
      batch.confirmed.addAll(unknown);
    }
    return known;
  }

  /// An insert proves by itself that its head was the last one. Answers need the proof, too: a head
  /// in memory may be behind another writer, and must not refuse what is right by now.
  ///
  /// @return whether all heads that answers rest on are the last ones; else those that are not have
  ///   been forgotten
  private boolean confirm(Batch batch, Plan plan, Map<Key, Head> known) {
    Set<Key> doubtful = new HashSet<>();
    plan.answered.forEach(answered -> doubtful.add(answered.job().pending.key()));
    plan.checked.forEach(checked -> doubtful.add(checked.job().pending.key()));
    plan.placed.forEach(placed -> doubtful.remove(placed.entry().key()));
    doubtful.removeAll(batch.confirmed);
    if (doubtful.isEmpty()) {
      return true;
    }
    Map<String, Key> next = new HashMap<>();
    for (Key key : doubtful) {
      Head head = known.get(key);
      if (head != null) {
        next.put(Entry.id(key, head.rev() + 1), key);
      }
    }
    Set<String> there = entries.existing(next.keySet());
    there.forEach(id -> {
      Key behind = next.remove(id);
      if (behind != null) {
        heads.drop(behind);
      }
    });
    batch.confirmed.addAll(next.values());
    return there.isEmpty();
  }

  /// Inserts as much as nobody else was first with, and stores what follows from it.
  ///
  /// @return the keys that have to be planned again
  private Set<Key> insert(Batch batch, Plan plan, Map<Key, Head> before) {
    List<Plan.Placed> placed = plan.placed;
    if (placed.isEmpty()) {
      return Set.of();
    }
    int stored = entries.insert(placed.stream().map(Plan.Placed::entry).toList()).stored();
    commit(batch, placed.subList(0, stored), before);
    Set<Key> lost = new HashSet<>();
    if (stored < placed.size()) {
      heads.drop(placed.get(stored).entry().key());
      batch.confirmed.remove(placed.get(stored).entry().key());
      placed.subList(stored, placed.size()).forEach(rest -> lost.add(rest.entry().key()));
      noticeRepeats(placed.subList(stored, Math.min(placed.size(), stored + LOOK_AHEAD)));
    }
    return lost;
  }

  private void commit(Batch batch, List<Plan.Placed> placed, Map<Key, Head> before) {
    if (placed.isEmpty()) {
      return;
    }
    List<Entry> written = placed.stream().map(Plan.Placed::entry).toList();
    Map<Key, Head> after = new HashMap<>();
    for (Entry entry : written) {
      Head head =
          after.getOrDefault(entry.key(), before.getOrDefault(entry.key(), Head.none(entry.key())));
      after.put(entry.key(), kinds.fold(head, entry));
    }
    states.follow(before, after, written, batch.now);
    after.values().forEach(head -> heads.keep(head, batch.now));
    batch.confirmed.addAll(after.keySet());
    batch.publications.addAll(kinds.publications(written));
    placed.forEach(one -> one.job().stored(one.entry()));
  }

  /// Notices which of these commands were stored before, as found by a majority read. They are
  /// answered in the next round, on heads that are known to be the last ones: the sender may have
  /// lost his right meanwhile.
  private void noticeRepeats(List<Plan.Placed> suspects) {
    Map<CommandRef, Plan.Placed> byRef = new HashMap<>();
    suspects.forEach(one -> byRef.put(one.job().ref(one.entry().commandId()), one));
    List<Job.Writing<?>> repeats = new ArrayList<>();
    entries
        .repeats(byRef.keySet())
        .forEach((ref, entry) -> {
          Plan.Placed one = byRef.get(ref);
          if (one != null) {
            one.job().before = Optional.of(entry);
            repeats.add(one.job());
          }
        });
    admission.giveBack(repeats);
  }

  /// Answers what rests on heads that have turned out right.
  private void answer(Plan plan, Set<Key> lost) {
    plan.checked.stream()
        .filter(checked -> !lost.contains(checked.job().pending.key()))
        .forEach(checked -> checked.job().accepted(checked.turn()));
    List<Plan.Answered> right =
        plan.answered.stream()
            .filter(answered -> !lost.contains(answered.job().pending.key()))
            .toList();
    Set<CommandRef> suspects = new HashSet<>();
    for (Plan.Answered answered : right) {
      if (answered instanceof Plan.Unless unless) {
        suspects.add(unless.stored());
      }
    }
    Map<CommandRef, Entry> repeats = entries.repeats(suspects);
    for (Plan.Answered answered : right) {
      switch (answered) {
        case Plan.Refused refused -> refused.job().refused(refused.refusal());
        case Plan.Stored stored -> stored.job().stored(stored.entry());
        case Plan.Unless unless ->
            unless
                .job()
                .answer(
                    unless.draft(),
                    unless.rev(),
                    Optional.ofNullable(repeats.get(unless.stored())));
      }
    }
    plan.repeated.stream()
        .filter(repeated -> !repeated.first().isOpen())
        .forEach(repeated -> repeated.job().like(repeated.first()));
  }
}
