package io.chatterbox.bus.report;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// How long something took, counted by classes that are 19 % wide, from 0.1 ms to half a minute.
/// The counts of several processes are added; what came between two reports is their difference.
public final class Spread {
  private static final double LEAST_MILLIS = 0.1;
  private static final int CLASSES_PER_DOUBLING = 4;
  private static final int CLASSES = 74;
  private static final double NANOS_PER_MILLI = 1e6;

  private final String name;
  private final LongAdder[] counts = new LongAdder[CLASSES];

  /// @param name what the names of its figures begin with
  public Spread(String name) {
    this.name = name;
    Arrays.setAll(counts, _ -> new LongAdder());
  }

  /// Counts one. From any thread.
  public void record(Duration took) {
    counts[classOf(took.toNanos() / NANOS_PER_MILLI)].increment();
  }

  /// The counts of the classes that have any.
  public Map<String, Double> figures() {
    Map<String, Double> figures = new HashMap<>();
    for (int i = 0; i < CLASSES; i++) {
      long count = counts[i].sum();
      if (count > 0) {
        figures.put(figure(name, i), (double) count);
      }
    }
    return figures;
  }

  /// The time within which this share of all was done.
  ///
  /// @param name as it was given to those that counted
  /// @param figures counts of a spread, perhaps added or subtracted
  /// @return milliseconds; 0 when nothing was counted
  public static double quantile(String name, Map<String, Double> figures, double share) {
    double all = 0;
    for (int i = 0; i < CLASSES; i++) {
      all += figures.getOrDefault(figure(name, i), 0.0);
    }
    double before = 0;
    for (int i = 0; i < CLASSES && all > 0; i++) {
      double here = figures.getOrDefault(figure(name, i), 0.0);
      if (here > 0 && before + here >= share * all) {
        double lower = i == 0 ? 0 : end(i - 1);
        return lower + (end(i) - lower) * Math.clamp((share * all - before) / here, 0, 1);
      }
      before += here;
    }
    return 0;
  }

  private static String figure(String name, int index) {
    return name + "." + index;
  }

  private static double end(int index) {
    return LEAST_MILLIS * Math.pow(2, (double) index / CLASSES_PER_DOUBLING);
  }

  private static int classOf(double millis) {
    if (millis <= LEAST_MILLIS) {
      return 0;
    }
    double doublings = Math.log(millis / LEAST_MILLIS) / Math.log(2);
    return Math.min(CLASSES - 1, (int) Math.ceil(doublings * CLASSES_PER_DOUBLING));
  }
}
