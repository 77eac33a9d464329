package io.chatterbox.auth;

import io.chatterbox.stack.stores.Ports;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// One of several auth-services, as a process of its own.
final class Replica implements AutoCloseable {
  private final Process process;
  private final int port;

  private Replica(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static Replica start(Map<String, String> settings) throws IOException {
    int port = Ports.free();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx160m");
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.add("-Dquarkus.http.host=127.0.0.1");
    command.add("-Dquarkus.http.port=" + port);
    command.add("-jar");
    command.add(Path.of("target", "quarkus-app", "quarkus-run.jar").toString());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Path.of("target", "replica-" + port + ".log").toFile())
            .start();
    return new Replica(process, port);
  }

  String address() {
    return "http://127.0.0.1:" + port;
  }

  boolean isReady() {
    if (!process.isAlive()) {
      throw new AssertionError("the replica has ended with " + process.exitValue());
    }
    try {
      new Socket(InetAddress.getLoopbackAddress(), port).close();
      return RestAssured.get(address() + "/q/health/ready").statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
