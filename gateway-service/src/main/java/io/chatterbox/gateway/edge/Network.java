package io.chatterbox.gateway.edge;

import io.netty.util.NetUtil;

/// A network of addresses, such as `10.0.0.0/8`, or one address alone.
///
/// @param address its first bytes
/// @param bits how many of them count
@SuppressWarnings("ArrayRecordComponent") // never compared
record Network(byte[] address, int bits) {

  /// @throws IllegalArgumentException for what is no network
  static Network parse(String text) {
    int slash = text.indexOf('/');
    byte[] address =
        NetUtil.createByteArrayFromIpAddressString(slash < 0 ? text : text.substring(0, slash));
    if (address == null) {
      throw new IllegalArgumentException("not a network: " + text);
    }
    int all = address.length * Byte.SIZE;
    int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
    if (bits < 0 || bits > all) {
      throw new IllegalArgumentException("not a network: " + text);
    }
    return new Network(address, bits);
  }

  boolean contains(byte[] other) {
    if (other.length != address.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % Byte.SIZE);
      if (((address[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
