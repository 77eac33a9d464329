package io.chatterbox.engineio;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// Random input from numbered seeds, so that each failure names the seed that repeats it.
public final class Fuzz {
  private static final String[] LETTERS = {
    "a", "7", "\"", "\\", "ü", "€", "𝄞", "\n", ":", "b", "{", "["
  };

  private Fuzz() {}

  /// A claim about one random input.
  @FunctionalInterface
  public interface Claim {
    void holds(Random random) throws Exception;
  }

  public static void repeat(int times, Claim claim) {
    for (int seed = 0; seed < times; seed++) {
      try {
        claim.holds(new Random(seed));
      } catch (Exception | AssertionError e) {
        throw new AssertionError("with seed " + seed, e);
      }
    }
  }

  /// Runs the code; a [ProtocolException] is fine, anything else is not.
  public static void refusesAtMost(ThrowingCallable code) throws Exception {
    try {
      code.call();
    } catch (ProtocolException e) {
      // what codecs throw
    } catch (Exception | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  public static String text(Random random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(length + 1); i > 0; i--) {
      text.append(LETTERS[random.nextInt(LETTERS.length)]);
    }
    return text.toString();
  }

  public static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[random.nextInt(length + 1)];
    random.nextBytes(bytes);
    return bytes;
  }

  /// The same with some bytes changed, taken out or put in.
  public static byte[] damaged(Random random, byte[] good) {
    byte[] bad = good.clone();
    for (int i = random.nextInt(3); i >= 0 && bad.length > 0; i--) {
      int at = random.nextInt(bad.length);
      switch (random.nextInt(3)) {
        case 0 -> bad[at] = (byte) random.nextInt(256);
        case 1 ->
            bad =
                (text(bad, 0, at) + text(bad, at + 1, bad.length))
                    .getBytes(StandardCharsets.ISO_8859_1);
        default ->
            bad =
                (text(bad, 0, at) + (char) random.nextInt(256) + text(bad, at, bad.length))
                    .getBytes(StandardCharsets.ISO_8859_1);
      }
    }
    return bad;
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }
}
