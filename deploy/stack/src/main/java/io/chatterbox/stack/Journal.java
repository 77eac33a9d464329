package io.chatterbox.stack;

import java.io.PrintStream;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/// What the stack tells the person in front of it, one line each.
final class Journal {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

  private final PrintStream out;
  private final InstantSource clock;
  private final boolean coloured;

  Journal(PrintStream out, InstantSource clock, boolean coloured) {
    this.out = out;
    this.clock = clock;
    this.coloured = coloured;
  }

  void say(String who, String what) {
    line("", who, what);
  }

  void good(String who, String what) {
    line("32", who, what);
  }

  void bad(String who, String what) {
    line("31", who, what);
  }

  private void line(String colour, String who, String what) {
    String text = "%s  %-11s %s".formatted(TIME.format(clock.instant()), who, what);
    boolean plain = !coloured || colour.isEmpty();
    out.println(plain ? text : "\u001b[" + colour + "m" + text + "\u001b[0m");
    out.flush();
  }
}
