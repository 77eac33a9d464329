package io.chatterbox.stack.stores;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;

/// Loopback ports.
public final class Ports {
  private static final int LOWEST = 20_000;
  private static final int BELOW = 32_000;
  private static final int TIMEOUT_MILLIS = 2_000;

  private Ports() {}

  /// A port that was free a moment ago. It is below those that systems give to outgoing
  /// connections, so a program that is started again finds it free.
  public static int free() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, BELOW);
      if (isFree(port)) {
        return port;
      }
    }
  }

  /// Whether nobody listens on this port.
  public static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /// Whether somebody accepts connections on this loopback port.
  public static boolean answers(int port) {
    return answers(InetAddress.getLoopbackAddress().getHostAddress(), port);
  }

  /// Whether somebody accepts connections there, within two seconds.
  public static boolean answers(String host, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
