package io.chatterbox.engineio;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// HTTP long-polling as a transport: at most one GET waits for frames, at most one POST brings some
/// ("HTTP long-polling").
public final class Polling implements Transport {
  /// How long the last packets of a session that the server closed wait for the client's next GET.
  private static final long LINGER_MILLIS = 30_000;

  private final PayloadCodec codec;
  private final Runnable finished;
  private final AtomicBoolean posting = new AtomicBoolean();

  private @Nullable Session session;
  private @Nullable Poll waiting;
  private @Nullable List<Frame> farewell;
  private @Nullable Runnable held;
  private boolean paused;
  private boolean done;

  /// @param finished called once when no request for the session can be answered any more; not
  ///   after another transport has taken over
  public Polling(PayloadCodec codec, Runnable finished) {
    this.codec = codec;
    this.finished = finished;
  }

  /// Before anything else.
  public void bind(Session session) {
    this.session = session;
  }

  @Override
  public String name() {
    return "polling";
  }

  public PayloadCodec codec() {
    return codec;
  }

  /// A GET came. A second one while one waits ends the session: "a client MUST NOT have more than
  /// one active GET request".
  public void poll(Poll poll) {
    Session owner = session;
    if (farewell != null && waiting == null) {
      waiting = poll;
      sayFarewell();
    } else if (done || owner == null || !owner.uses(this)) {
      poll.refuse(done ? EngineError.UNKNOWN_SID : EngineError.BAD_REQUEST);
    } else if (waiting != null) {
      poll.refuse(EngineError.BAD_REQUEST);
      owner.close(CloseReason.TRANSPORT_ERROR);
    } else {
      waiting = poll;
      owner.writable(this);
      if (waiting != null && owner.isProbed()) {
        release();
      }
    }
  }

  /// The client gave a GET up.
  @SuppressWarnings("ReferenceEquality") // which one it is, not what it is like
  public void aborted(Poll poll) {
    if (waiting == poll) {
      waiting = null;
      Session owner = session;
      if (owner != null) {
        owner.transportEnded(this, CloseReason.TRANSPORT_ERROR);
      }
    }
  }

  /// Whether a POST may begin; from any thread. If not, another is under way: "should it happen,
  /// the server MUST return an HTTP 400 error status and close the session".
  public boolean beginPost() {
    return posting.compareAndSet(false, true);
  }

  /// The POST has been handled; from any thread.
  public void endPost() {
    posting.set(false);
  }

  @Override
  public boolean isWritable() {
    return waiting != null;
  }

  @Override
  public void flush(Outbox outbox) {
    Poll poll = waiting;
    if (poll != null && !outbox.isEmpty()) {
      waiting = null;
      poll.respond(codec.encode(outbox.drain()));
    }
  }

  /// Ends a GET that waits with a noop.
  void release() {
    Poll poll = waiting;
    if (poll != null) {
      waiting = null;
      poll.respond(codec.encode(List.of(Frame.NOOP)));
    }
  }

  /// Another transport has taken over. Requests are still refused as those of a known session.
  void discard() {
    release();
    reading(true);
  }

  /// Clients drop messages that come in one payload with the close packet, so that comes alone,
  /// with the next GET.
  @Override
  public void close(Outbox outbox, CloseReason reason) {
    if (reason == CloseReason.TRANSPORT_CLOSE) {
      release();
    }
    if (reason.isOrderly() && session != null) {
      flush(outbox);
      farewell = outbox.drain();
      sayFarewell();
      if (!done) {
        session.loop().schedule(LINGER_MILLIS, this::finish);
      }
    } else {
      outbox.drain();
      respondClose();
    }
  }

  private void sayFarewell() {
    List<Frame> last = farewell;
    Poll poll = waiting;
    if (last == null || poll == null) {
      return;
    }
    if (last.isEmpty()) {
      respondClose();
    } else {
      waiting = null;
      farewell = List.of();
      poll.respond(codec.encode(last));
    }
  }

  private void respondClose() {
    Poll poll = waiting;
    if (poll != null) {
      waiting = null;
      poll.respond(codec.encode(List.of(Frame.CLOSE)));
    }
    finish();
  }

  private void finish() {
    farewell = null;
    if (!done) {
      done = true;
      reading(true);
      finished.run();
    }
  }

  /// The client sends no more before its last POST is answered.
  @Override
  public void reading(boolean on) {
    paused = !on;
    Runnable answer = held;
    if (on && answer != null) {
      held = null;
      answer.run();
    }
  }

  /// Runs the answer to a POST when more may come. Only on the loop.
  public void answerPost(Runnable answer) {
    if (paused && !done) {
      held = answer;
    } else {
      answer.run();
    }
  }
}
