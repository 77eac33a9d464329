package io.chatterbox.bus.report;

import java.util.Map;

/// Figures of this process for its reports. What is counted is counted from the start on.
public interface FigureSource {

  /// The figures as they are now, by name. Does not block.
  Map<String, Double> figures();
}
