package io.chatterbox.chat.members;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The id of two people's direct conversation: made from their ids, so that there is one per pair,
/// whoever asks first.
public final class DirectIds {
  private static final int BYTES = 16;

  private DirectIds() {}

  public static String of(String one, String other) {
    boolean ordered = one.compareTo(other) < 0;
    String first = ordered ? one : other;
    String second = ordered ? other : one;
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((first.length() + ":" + first).getBytes(StandardCharsets.UTF_8));
      digest.update(second.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
