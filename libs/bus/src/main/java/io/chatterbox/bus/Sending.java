package io.chatterbox.bus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// One entry on its way, with those of its commands that have no reply yet. Safe for all threads.
final class Sending {
  /// Of a reply that is not to one of these commands.
  static final String UNKNOWN = "unknown";

  private record Open(CommandItem item, List<Consumer<Reply>> receivers) {}

  private final CommandEntry entry;
  private final long since = System.nanoTime();
  private final long bytes;
  private final Map<String, Open> unanswered = new LinkedHashMap<>();
  private String entryId = "";
  private boolean mayHaveBeenAppended;
  private boolean isInFlight;
  private long due = since;

  Sending(CommandEntry entry, Consumer<Reply> onReply) {
    this.entry = entry;
    this.bytes = entry.items().stream().mapToLong(item -> item.body().bytes().length).sum();
    for (CommandItem item : entry.items()) {
      unanswered
          .computeIfAbsent(item.id(), _ -> new Open(item, new ArrayList<>()))
          .receivers()
          .add(onReply);
    }
  }

  CommandEntry entry() {
    return entry;
  }

  /// The size of the bodies.
  long bytes() {
    return bytes;
  }

  /// `System.nanoTime` of the beginning.
  long since() {
    return since;
  }

  /// The stream entry that was appended last; empty when none is known.
  synchronized String entryId() {
    return entryId;
  }

  /// Whether the service may have heard of it.
  synchronized boolean mayHaveBeenAppended() {
    return mayHaveBeenAppended;
  }

  synchronized boolean isDone() {
    return unanswered.isEmpty();
  }

  synchronized List<CommandItem> unanswered() {
    return unanswered.values().stream().map(Open::item).toList();
  }

  /// Adds a receiver for one command's reply.
  ///
  /// @return whether the reply is still to come
  synchronized boolean alsoTell(String commandId, Consumer<Reply> receiver) {
    Open open = unanswered.get(commandId);
    return open != null && open.receivers().add(receiver);
  }

  /// The event of a command of this entry.
  String eventOf(String commandId) {
    for (CommandItem item : entry.items()) {
      if (item.id().equals(commandId)) {
        return item.event();
      }
    }
    return UNKNOWN;
  }

  /// A command has its reply.
  ///
  /// @return those to tell
  synchronized List<Consumer<Reply>> answered(String commandId) {
    Open open = unanswered.remove(commandId);
    return open == null ? List.of() : open.receivers();
  }

  /// Begins to look for the entry or to append it.
  ///
  /// @return what is unanswered; empty when that is going on already
  synchronized List<CommandItem> begin() {
    if (isInFlight) {
      return List.of();
    }
    isInFlight = true;
    return unanswered();
  }

  /// The entry is in the stream.
  ///
  /// @return whether it had to be appended again
  synchronized boolean appended(String id) {
    boolean isRepeat = mayHaveBeenAppended && !id.equals(entryId);
    entryId = id;
    mayHaveBeenAppended = true;
    return isRepeat;
  }

  synchronized void maybeAppended() {
    mayHaveBeenAppended = true;
  }

  /// Nothing is in flight any more; look again after this time.
  synchronized void again(Duration pause) {
    isInFlight = false;
    due = System.nanoTime() + pause.toNanos();
  }

  synchronized void dueAt(long nanos) {
    due = nanos;
  }

  synchronized boolean isDue(long now) {
    return !isInFlight && now - due >= 0;
  }
}
