package io.chatterbox.engineio;

import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// How several packets share the body of one HTTP request or response. Never throws anything but
/// [ProtocolException].
public interface PayloadCodec {

  /// Hands the packets of a request's body to the sink, in order, up to the first that is
  /// malformed.
  ///
  /// @param binary whether the body was declared `application/octet-stream`
  void decode(byte[] body, boolean binary, PacketSink sink) throws ProtocolException;

  /// The body of a response with all these frames.
  Payload encode(List<Frame> frames);

  /// The codec of a revision.
  ///
  /// @param revision 3 or 4
  /// @param base64 revision 3: whether the client cannot take binary bodies (`b64=1`)
  static PayloadCodec of(int revision, boolean base64) {
    return revision == 4 ? new PayloadV4() : new PayloadV3(base64);
  }

  /// Body of a response, which several sessions may share.
  final class Payload {
    private final byte[] bytes;
    private final boolean binary;
    private volatile @Nullable Compressed compressed;

    /// @param bytes not to be changed any more
    /// @param binary whether it is `application/octet-stream`, else UTF-8 text
    public Payload(byte[] bytes, boolean binary) {
      this.bytes = bytes;
      this.binary = binary;
    }

    public byte[] bytes() {
      return bytes;
    }

    public boolean binary() {
      return binary;
    }

    /// The bytes compressed, made at the first call for an encoding and then shared.
    ///
    /// @param compression makes the compressed form of bytes for an encoding
    public byte[] compressed(String encoding, BiFunction<byte[], String, byte[]> compression) {
      Compressed known = compressed;
      if (known == null || !known.encoding.equals(encoding)) {
        known = new Compressed(encoding, compression.apply(bytes, encoding));
        compressed = known;
      }
      return known.bytes;
    }

    @SuppressWarnings("ArrayRecordComponent") // raw bytes, never compared
    private record Compressed(String encoding, byte[] bytes) {}
  }
}
