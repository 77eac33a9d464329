package io.chatterbox.engineio;

/// A peer broke the protocol. The only exception that the codecs of this library throw; it has no
/// stack trace because it tells of the peer, not of this program.
public final class ProtocolException extends Exception {
  private static final long serialVersionUID = 1L;

  public ProtocolException(String message) {
    super(message, null, false, false);
  }
}
