package io.chatterbox.bus;

import java.nio.charset.StandardCharsets;

/// Which of a cluster's slots a key is in: CRC16 (XMODEM) of its hash tag, or of all of it where it
/// has none. See the Redis Cluster specification, "Key distribution model" and "Hash tags".
final class HashSlot {
  /// How many there are.
  static final int COUNT = 16_384;

  private static final int POLYNOMIAL = 0x1021;
  private static final int BITS = 8;
  private static final int[] TABLE = table();

  private HashSlot() {}

  static int of(String key) {
    return of(key.getBytes(StandardCharsets.UTF_8));
  }

  static int of(byte[] key) {
    int open = indexOf(key, '{', 0);
    int close = open < 0 ? -1 : indexOf(key, '}', open + 1);
    return close > open + 1 ? of(key, open + 1, close) : of(key, 0, key.length);
  }

  private static int of(byte[] key, int from, int to) {
    int crc = 0;
    for (int i = from; i < to; i++) {
      crc = ((crc << BITS) ^ TABLE[((crc >>> BITS) ^ key[i]) & 0xff]) & 0xffff;
    }
    return crc % COUNT;
  }

  private static int indexOf(byte[] key, char wanted, int from) {
    for (int i = from; i < key.length; i++) {
      if (key[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  private static int[] table() {
    int[] table = new int[1 << BITS];
    for (int i = 0; i < table.length; i++) {
      int crc = i << BITS;
      for (int bit = 0; bit < BITS; bit++) {
        crc = (crc & 0x8000) != 0 ? (crc << 1) ^ POLYNOMIAL : crc << 1;
      }
      table[i] = crc & 0xffff;
    }
    return table;
  }
}
