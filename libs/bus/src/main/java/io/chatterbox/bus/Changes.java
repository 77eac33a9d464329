package io.chatterbox.bus;

import io.chatterbox.contract.Beat;
import io.chatterbox.contract.ChatCommand.Head;
import io.chatterbox.contract.Key;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What changed in a partition of late, for the beats. Bounded: when there is more than a beat can
/// say, the beats' number jumps as if some had been lost, and listeners ask.
final class Changes {
  /// Beats that name a change. Listeners take two missed beats for nothing, however far apart they
  /// are, so the third still names what these did.
  private static final int BEATS = 3;

  /// As if three beats had been lost.
  private static final int JUMP = 4;

  private static final int MOST = 4_096;

  private record Change(long rev, long since) {}

  private final Map<Key, Change> recent = new LinkedHashMap<>();
  private boolean isOverfull;
  private long number;
  private long beats;

  synchronized void add(Key key, long rev) {
    Change before = recent.remove(key);
    if (recent.size() >= MOST) {
      isOverfull = true;
      return;
    }
    // removed and put anew, so that the oldest stay in front
    long newest = before == null ? rev : Math.max(rev, before.rev());
    recent.put(key, new Change(newest, beats));
  }

  /// The next beat.
  synchronized Beat next(String owner) {
    beats++;
    Iterator<Change> oldest = recent.values().iterator();
    while (oldest.hasNext() && beats - oldest.next().since() > BEATS) {
      oldest.remove();
    }
    number += isOverfull ? JUMP : 1;
    isOverfull = false;
    List<Head> heads = new ArrayList<>(recent.size());
    recent.forEach((key, change) -> heads.add(new Head(key.text(), change.rev())));
    return new Beat(owner, number, heads);
  }
}
