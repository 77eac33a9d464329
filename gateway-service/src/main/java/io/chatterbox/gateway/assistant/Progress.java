package io.chatterbox.gateway.assistant;

import java.util.ArrayList;
import java.util.List;

/// How far this gateway has told one run's answer.
final class Progress {
  private static final int MOST_HELD = 64;

  private final String runId;
  private final String askerId;
  private final List<Part> held = new ArrayList<>();
  private Text text = Text.NOTHING;
  private int next;
  private boolean reading;

  /// Nothing was told yet.
  Progress(String runId, String askerId) {
    this.runId = runId;
    this.askerId = askerId;
  }

  String runId() {
    return runId;
  }

  String askerId() {
    return askerId;
  }

  /// Everything that was told.
  Text text() {
    return text;
  }

  /// The index of the part that is told next.
  int next() {
    return next;
  }

  /// Whether something is missing, and was asked for.
  boolean isReading() {
    return reading;
  }

  void reading(boolean now) {
    reading = now;
  }

  /// Takes the next part.
  ///
  /// @return whether it was the next
  boolean take(Part part) {
    if (part.index() != next) {
      return false;
    }
    text = text.and(part.content());
    next++;
    return true;
  }

  /// Takes over what is known elsewhere.
  ///
  /// @return whether that is more than was told here
  boolean take(int index, String all) {
    if (index < next) {
      return false;
    }
    text = Text.NOTHING.and(all);
    next = index + 1;
    return true;
  }

  /// Keeps a part that cannot be told yet; what is too much is asked for again.
  void hold(Part part) {
    if (held.size() < MOST_HELD) {
      held.add(part);
    }
  }

  /// Hands over the parts that were kept.
  List<Part> release() {
    List<Part> all = List.copyOf(held);
    held.clear();
    return all;
  }
}
