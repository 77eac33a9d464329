package io.chatterbox.bench;

import java.nio.charset.StandardCharsets;

/// How a client of the gateway writes: packets of Socket.IO, or plain JSON.
public enum Dialect {
  SOCKET_IO("/socket.io/?EIO=4&transport=websocket"),
  PLAIN("/ws");

  private final String path;

  Dialect(String path) {
    this.path = path;
  }

  String path() {
    return path;
  }

  /// What authenticates a connection.
  public byte[] connect(String token) {
    String auth = "{\"token\":\"" + token + "\"}";
    return bytes(
        switch (this) {
          case SOCKET_IO -> "40" + auth;
          case PLAIN -> "{\"event\":\"auth\",\"data\":" + auth + ",\"id\":\"auth\"}";
        });
  }

  /// An event that asks for an acknowledgement.
  public byte[] emit(int id, String event, String data) {
    return bytes(
        switch (this) {
          case SOCKET_IO -> "42%d[\"%s\",%s]".formatted(id, event, data);
          case PLAIN -> "{\"event\":\"%s\",\"data\":%s,\"id\":%d}".formatted(event, data, id);
        });
  }

  /// Whether a packet is an event whose name begins so.
  public boolean isEvent(byte[] packet, int from, String name) {
    String start =
        switch (this) {
          case SOCKET_IO -> "42[\"";
          case PLAIN -> "{\"event\":\"";
        };
    return startsWith(packet, from, start) && startsWith(packet, from + start.length(), name);
  }

  private static boolean startsWith(byte[] bytes, int from, String text) {
    for (int i = 0; i < text.length(); i++) {
      if (from + i >= bytes.length || bytes[from + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
