package io.chatterbox.engineio;

import java.util.List;

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

  /// Body of a response.
  ///
  /// @param bytes not to be changed, may be shared
  /// @param binary whether it is `application/octet-stream`, else UTF-8 text
  @SuppressWarnings("ArrayRecordComponent") // raw bytes, never compared
  record Payload(byte[] bytes, boolean binary) {}
}
