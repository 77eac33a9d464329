package io.chatterbox.bench;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A server under measurement.
final class ServerProcess implements AutoCloseable {
  private static final long STARTING_MILLIS = 120_000;
  private static final long STOPPING_SECONDS = 5;

  private final Process process;

  private ServerProcess(Process process) {
    this.process = process;
  }

  static ServerProcess start(List<String> command, File folder, int port)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(folder)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    ServerProcess server = new ServerProcess(process);
    long end = System.currentTimeMillis() + STARTING_MILLIS;
    while (!accepts(port)) {
      if (!process.isAlive() || System.currentTimeMillis() > end) {
        server.close();
        throw new IOException("does not start: " + command);
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    return server;
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /// User and system time so far, in microseconds.
  double cpuMicros() throws IOException {
    return Cpu.micros(process.pid());
  }

  /// Resident memory in kilobytes.
  long rssKilobytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("no VmRSS");
  }

  /// Live heap in kilobytes after a collection, 0 if it is no JVM.
  long heapKilobytes() throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process histogram =
        new ProcessBuilder(jcmd, String.valueOf(process.pid()), "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    long bytes = 0;
    for (String line : histogram.inputReader().lines().toList()) {
      if (line.startsWith("Total")) {
        bytes = Long.parseLong(line.trim().split("\\s+", -1)[2]);
      }
    }
    histogram.waitFor();
    return bytes / 1024;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOPPING_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
