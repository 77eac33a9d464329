package io.chatterbox.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What a process has used of the processors, as `/proc` tells (proc_pid_stat(5)).
public final class Cpu {
  private static final double TICKS_PER_SECOND = 100;

  private Cpu() {}

  /// User and system time so far, in microseconds.
  public static double micros(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 1e6 / TICKS_PER_SECOND;
  }
}
