package io.chatterbox.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// How a program on a loopback port says that it can be used.
enum Readiness {
  /// It accepts connections.
  ACCEPTS("", ""),
  /// A Redis that has read its data.
  PONG("PING\r\n", "+PONG"),
  /// A service whose readiness check says so.
  HEALTHY(
      "GET /q/health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
      "HTTP/1.1 200");

  private static final int TIMEOUT_MILLIS = 2_000;

  private final String question;
  private final String answer;

  Readiness(String question, String answer) {
    this.question = question;
    this.answer = answer;
  }

  /// Asks once, and waits two seconds for each step at most.
  boolean holds(int port) {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
      socket.getOutputStream().write(question.getBytes(StandardCharsets.US_ASCII));
      byte[] heard = socket.getInputStream().readNBytes(answer.length());
      return new String(heard, StandardCharsets.US_ASCII).equals(answer);
    } catch (IOException e) {
      return false;
    }
  }
}
