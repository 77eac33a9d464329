package io.chatterbox.engineio;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/// Frames that wait for one session, bounded in bytes. Most sessions wait for nothing most of the
/// time, so an empty one is small.
public final class Outbox {
  /// What an entry costs beside its bytes, so that the bound holds for many small frames too.
  private static final int ENTRY = 32;

  private static final int SMALL = 8;

  private final int bound;

  /// A ring of [Frame]s and [Keyed]s; empty until needed.
  private @Nullable Object[] ring = new Object[0];

  private int head;
  private int size;
  private int bytes;
  private @Nullable Map<Key, Keyed> keyed;

  public Outbox(int bound) {
    this.bound = bound;
  }

  /// Adds a frame whatever its class, as long as the peer keeps up. False if the bound does not
  /// allow it.
  boolean add(Frame frame) {
    return fits(frame) && append(frame, frame.bytes());
  }

  /// Adds a frame while others wait, by the rules of its class. False if a frame that may not be
  /// lost finds no room.
  boolean add(Frame frame, Delivery delivery, Object owner) {
    return switch (delivery) {
      case Delivery.Message() -> addKept(frame, frame);
      case Delivery.Volatile() -> true;
      case Delivery.State(Object key) -> addState(frame, new Key(owner, key));
      case Delivery.Stream(Object key, BinaryOperator<Frame> merge) ->
          addStream(frame, new Key(owner, key), merge);
    };
  }

  private boolean addState(Frame frame, Key key) {
    Keyed waiting = waiting(key);
    if (waiting != null && bytes - waiting.bytes() + frame.bytes() <= bound) {
      replace(waiting, frame);
    } else if (waiting == null && fits(frame)) {
      addKeyed(frame, key, true);
    }
    // else the value is dropped: the next one will tell more
    return true;
  }

  private boolean addStream(Frame frame, Key key, BinaryOperator<Frame> merge) {
    Keyed waiting = waiting(key);
    if (waiting != null) {
      replace(waiting, merge.apply(waiting.frame(), frame));
      if (bytes > bound) {
        dropStates();
      }
      return bytes <= bound;
    }
    Keyed entry = new Keyed(frame, key, false);
    if (!addKept(frame, entry)) {
      return false;
    }
    index().put(key, entry);
    return true;
  }

  private boolean addKept(Frame frame, Object entry) {
    if (!fits(frame)) {
      dropStates();
    }
    return fits(frame) && append(entry, frame.bytes());
  }

  private void addKeyed(Frame frame, Key key, boolean state) {
    Keyed entry = new Keyed(frame, key, state);
    append(entry, frame.bytes());
    index().put(key, entry);
  }

  private boolean fits(Frame frame) {
    // one frame alone always fits, however large: else it could never be sent
    return size == 0 || bytes + ENTRY + frame.bytes() <= bound;
  }

  private @Nullable Keyed waiting(Key key) {
    return keyed == null ? null : keyed.get(key);
  }

  private Map<Key, Keyed> index() {
    Map<Key, Keyed> index = keyed;
    if (index == null) {
      index = new HashMap<>();
      keyed = index;
    }
    return index;
  }

  private void replace(Keyed waiting, Frame frame) {
    bytes += frame.bytes() - waiting.bytes();
    waiting.frame = frame;
  }

  /// Takes all states out; what remains keeps its order.
  private void dropStates() {
    if (keyed == null) {
      return;
    }
    List<Object> kept = new ArrayList<>(size);
    for (Object entry = takeEntry(); entry != null; entry = takeEntry()) {
      if (!(entry instanceof Keyed k && k.state)) {
        kept.add(entry);
      }
    }
    for (Object entry : kept) {
      append(entry, entry instanceof Keyed k ? k.bytes() : ((Frame) entry).bytes());
      if (entry instanceof Keyed stream) {
        index().put(stream.key, stream);
      }
    }
  }

  private boolean append(Object entry, int entryBytes) {
    if (size == ring.length) {
      grow();
    }
    ring[(head + size) % ring.length] = entry;
    size++;
    bytes += entryBytes + ENTRY;
    return true;
  }

  private void grow() {
    @Nullable Object[] larger = new Object[Math.max(2, ring.length * 2)];
    for (int i = 0; i < size; i++) {
      larger[i] = ring[(head + i) % ring.length];
    }
    ring = larger;
    head = 0;
  }

  /// The next frame to send, null if none waits.
  public @Nullable Frame poll() {
    Object entry = takeEntry();
    return entry instanceof Keyed waiting ? waiting.frame() : (Frame) entry;
  }

  private @Nullable Object takeEntry() {
    if (size == 0) {
      return null;
    }
    Object entry = ring[head];
    ring[head] = null;
    head = (head + 1) % ring.length;
    size--;
    if (entry instanceof Keyed waiting) {
      bytes -= waiting.bytes() + ENTRY;
      if (keyed != null) {
        keyed.remove(waiting.key);
      }
    } else if (entry instanceof Frame frame) {
      bytes -= frame.bytes() + ENTRY;
    }
    if (size == 0) {
      keyed = null;
      if (ring.length > SMALL) {
        ring = new Object[0];
        head = 0;
      }
    }
    return entry;
  }

  /// All frames, taken out.
  public List<Frame> drain() {
    List<Frame> frames = new ArrayList<>(size);
    for (Frame frame = poll(); frame != null; frame = poll()) {
      frames.add(frame);
    }
    return frames;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  /// Bytes that wait, entries' overhead included.
  public int bytes() {
    return bytes;
  }

  /// Two sockets of one session may use the same key.
  private record Key(Object owner, Object key) {}

  private static final class Keyed {
    private final Key key;
    private final boolean state;
    private Frame frame;

    Keyed(Frame frame, Key key, boolean state) {
      this.frame = frame;
      this.key = key;
      this.state = state;
    }

    Frame frame() {
      return frame;
    }

    int bytes() {
      return frame.bytes();
    }
  }
}
