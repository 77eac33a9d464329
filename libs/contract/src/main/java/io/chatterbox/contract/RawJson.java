package io.chatterbox.contract;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// One JSON value as UTF-8 bytes that pass through unread. The bytes are shared, not copied: nobody
/// writes to them.
public final class RawJson {
  private final byte[] bytes;

  private RawJson(byte[] bytes) {
    this.bytes = bytes;
  }

  /// Takes the array over; the caller writes to it no more.
  public static RawJson of(byte[] bytes) {
    return new RawJson(bytes);
  }

  public static RawJson of(String json) {
    return new RawJson(json.getBytes(StandardCharsets.UTF_8));
  }

  /// The bytes themselves, to be read only.
  public byte[] bytes() {
    return bytes;
  }

  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RawJson json && Arrays.equals(bytes, json.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /// The size only: bodies do not belong into logs.
  @Override
  public String toString() {
    return "RawJson[" + bytes.length + " bytes]";
  }
}
