package io.chatterbox.engineio;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Members of a room that poll wait for the same frames: the last payload is kept until the turn
/// ends, and shared with whoever waits for the same. Used on one loop only.
public final class SharedPayloads implements PayloadCodec {
  private final Loop loop;
  private final PayloadCodec codec;
  private final Runnable forgetTask = this::forget;
  private List<Frame> lastFrames = List.of();
  private @Nullable Payload last;

  public SharedPayloads(Loop loop, PayloadCodec codec) {
    this.loop = loop;
    this.codec = codec;
  }

  @Override
  public void decode(byte[] body, boolean binary, PacketSink sink) throws ProtocolException {
    codec.decode(body, binary, sink);
  }

  @Override
  public Payload encode(List<Frame> frames) {
    Payload known = last;
    if (known != null && sameAsLast(frames)) {
      return known;
    }
    if (known == null) {
      loop.atEndOfTurn(forgetTask);
    }
    Payload payload = codec.encode(frames);
    last = payload;
    lastFrames = frames;
    return payload;
  }

  @SuppressWarnings("ReferenceEquality") // the same frames, not equal ones
  private boolean sameAsLast(List<Frame> frames) {
    if (frames.size() != lastFrames.size()) {
      return false;
    }
    for (int i = 0; i < frames.size(); i++) {
      if (frames.get(i) != lastFrames.get(i)) {
        return false;
      }
    }
    return true;
  }

  private void forget() {
    last = null;
    lastFrames = List.of();
  }
}
