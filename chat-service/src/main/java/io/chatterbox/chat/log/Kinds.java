package io.chatterbox.chat.log;

import io.chatterbox.bus.Publication;
import io.chatterbox.contract.Hint;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All kinds of entries, as the features bring them.
@Singleton
class Kinds {
  private final Map<String, EntryKind<?>> byName = new HashMap<>();

  Kinds(@All List<EntryKind<?>> kinds) {
    for (EntryKind<?> kind : kinds) {
      if (byName.put(kind.name(), kind) != null) {
        throw new IllegalStateException("two kinds of entries are named " + kind.name());
      }
    }
  }

  /// The head after this entry.
  Head fold(Head head, Entry entry) {
    if (entry.rev() != head.rev() + 1) {
      throw new IllegalStateException(entry.id() + " does not follow rev " + head.rev());
    }
    return new Head(
        head.key(),
        entry.rev(),
        entry.isMessage() ? entry.seq() : head.seq(),
        Optional.of(apply(of(entry), head, entry)));
  }

  /// What is published about these entries, in the same order.
  List<Publication> publications(List<Entry> entries) {
    Map<String, List<Entry>> byKind = new HashMap<>();
    for (Entry entry : entries) {
      byKind.computeIfAbsent(entry.kind(), name -> new ArrayList<>()).add(entry);
    }
    Map<String, Hint.Change> told = new HashMap<>();
    byKind.forEach((name, some) -> {
      List<Hint.Change> changes = of(some.getFirst()).told(some);
      for (int i = 0; i < some.size(); i++) {
        told.put(some.get(i).id(), changes.get(i));
      }
    });
    List<Publication> publications = new ArrayList<>(entries.size());
    for (Entry entry : entries) {
      Hint.Change change = told.get(entry.id());
      if (change == null) {
        throw new IllegalStateException("nothing is told about " + entry.id());
      }
      publications.add(new Publication(entry.key(), change));
    }
    return publications;
  }

  List<SideWrite> alongside(Entry entry) {
    return of(entry).alongside(entry);
  }

  void applied(Entry entry) {
    of(entry).applied(entry);
  }

  private EntryKind<?> of(Entry entry) {
    EntryKind<?> kind = byName.get(entry.kind());
    if (kind == null) {
      throw new IllegalStateException("no kind of entry is named " + entry.kind());
    }
    return kind;
  }

  @SuppressWarnings("unchecked") // a kind's entries are only in the logs of keys with its state
  private static <S extends KeyState> KeyState apply(EntryKind<S> kind, Head head, Entry entry) {
    return kind.apply((Optional<S>) head.state(), entry);
  }
}
