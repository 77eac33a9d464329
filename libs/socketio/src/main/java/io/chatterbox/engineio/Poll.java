package io.chatterbox.engineio;

/// A GET of HTTP long-polling that waits for its response. One of the methods is called once, on
/// the session's loop.
public interface Poll {
  void respond(PayloadCodec.Payload payload);

  void refuse(EngineError error);
}
