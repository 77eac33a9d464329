package io.chatterbox.socketio;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;

/// Events of one socket on their way through its middlewares, one after the other. While one is
/// under way the next wait, and when too many bytes wait the connection is not read.
final class Inbox {
  private static final int PAUSE_ABOVE = 1 << 16;
  private static final int ENTRY = 64;

  private final Socket socket;
  private final Consumer<Event> handler;
  private final List<EventMiddleware> middlewares = new ArrayList<>(1);
  private final Queue<Event> waiting = new ArrayDeque<>();
  private int waitingBytes;
  private boolean busy;
  private boolean running;
  private boolean paused;

  Inbox(Socket socket, Consumer<Event> handler) {
    this.socket = socket;
    this.handler = handler;
  }

  void use(EventMiddleware middleware) {
    middlewares.add(middleware);
  }

  void offer(Event event) {
    waiting.add(event);
    waitingBytes += size(event);
    work();
    if (waitingBytes > PAUSE_ABOVE && !paused) {
      paused = true;
      socket.connection().pause();
    }
  }

  private static int size(Event event) {
    int size = ENTRY + event.arguments().length();
    for (byte[] attachment : event.arguments().attachments()) {
      size += attachment.length;
    }
    return size;
  }

  /// Takes events as long as their middlewares answer at once; a loop, so that many cannot overflow
  /// the stack.
  private void work() {
    if (running) {
      return;
    }
    running = true;
    try {
      while (!busy && !waiting.isEmpty() && socket.isConnected()) {
        Event event = waiting.remove();
        waitingBytes -= size(event);
        busy = true;
        step(event, 0);
      }
    } finally {
      running = false;
    }
    if (paused && waitingBytes <= PAUSE_ABOVE / 2) {
      paused = false;
      socket.connection().resume();
    }
  }

  private void step(Event event, int index) {
    if (!socket.isConnected()) {
      return;
    }
    if (index == middlewares.size()) {
      busy = false;
      handler.accept(event);
      work();
      return;
    }
    Next<String> next =
        new Once<>(
            socket.loop(),
            () -> step(event, index + 1),
            refusal -> {
              busy = false;
              socket.reception().refused(refusal);
              work();
            });
    try {
      middlewares.get(index).handle(event, next);
    } catch (RuntimeException e) {
      socket.loop().failed(e);
      next.refuse("Internal error");
    }
  }

  /// The socket has ended.
  void clear() {
    waiting.clear();
    waitingBytes = 0;
    if (paused) {
      paused = false;
      socket.connection().resume();
    }
  }
}
