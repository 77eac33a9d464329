package io.chatterbox.chat.log;

import io.chatterbox.chat.ChatConfig;
import io.chatterbox.contract.Key;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The documents that are behind their logs for a moment, so that many messages of a key cost one
/// write of its document.
///
/// Nothing depends on what is in here: whoever loads or reads a key reads its log from the
/// document's `applied` on, so forgetting all of this (a killed process) makes reading a little
/// longer. A document is at most [#MOST_ENTRIES] entries and about one pause of [Rounds] behind.
@Singleton
public class Behind {
  private static final int MOST_ENTRIES = 64;
  private static final int MOST_KEYS = 10_000;
  private static final int AT_ONCE = 16;

  private final Documents documents;
  private final Duration patience;
  private final Map<Key, Lag> lags = new ConcurrentHashMap<>();

  /// @param before the head that the document has
  /// @param after the head that it will have
  private record Lag(Head before, Head after, Instant since) {}

  @Inject
  Behind(Documents documents, ChatConfig config) {
    this(documents, config.documentsBehind());
  }

  Behind(Documents documents, Duration patience) {
    this.documents = documents;
    this.patience = patience;
  }

  /// Notes that a key's document is to be written later, if that may be.
  ///
  /// @param before the head without the newest entries, if its document is not behind already
  boolean later(Head before, Head after, Instant now) {
    if (lags.size() >= MOST_KEYS || patience.isZero()) {
      return false;
    }
    Lag old = lags.get(after.key());
    // one that is being written at this moment may come back: writing it again does no harm
    Lag lag = old == null ? new Lag(before, after, now) : new Lag(old.before, after, old.since);
    lags.put(after.key(), lag);
    return lag.after.rev() - lag.before.rev() < MOST_ENTRIES;
  }

  /// The head that a key's document has, which is about to be written.
  Head catchUp(Head before) {
    Lag lag = lags.remove(before.key());
    return lag == null ? before : lag.before;
  }

  /// Forgets a key, whose document is about to be written by what its log says.
  ///
  /// @return the `rev` up to which the writer of this replica has written it; 0 when its document
  ///   was not behind
  long forget(Key key) {
    Lag lag = lags.remove(key);
    return lag == null ? 0 : lag.after.rev();
  }

  /// Writes the documents that have been behind for long enough.
  public void write(Instant now) {
    List<Lag> due = new ArrayList<>();
    for (Lag lag : lags.values()) {
      if (!lag.since.plus(patience).isAfter(now)) {
        due.add(lag);
      }
    }
    for (int i = 0; i < due.size(); i += AT_ONCE) {
      write(due.subList(i, Math.min(due.size(), i + AT_ONCE)), now);
    }
  }

  private void write(List<Lag> some, Instant now) {
    Map<Key, Head> before = new HashMap<>();
    Map<Key, Head> after = new HashMap<>();
    for (Lag lag : some) {
      before.put(lag.before.key(), lag.before);
      after.put(lag.after.key(), lag.after);
    }
    documents.write(before, after, after.keySet());
    for (Lag lag : some) {
      lags.computeIfPresent(
          lag.after.key(),
          (_, newer) ->
              newer.after.rev() == lag.after.rev() ? null : new Lag(lag.after, newer.after, now));
    }
  }
}
