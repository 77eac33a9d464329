package io.chatterbox.testkit;

import static org.awaitility.Awaitility.await;

import io.chatterbox.stack.stores.Folder;
import io.chatterbox.stack.stores.Guard;
import io.chatterbox.stack.stores.Ports;
import io.chatterbox.stack.stores.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A store that a test started and may stop, pause or kill. It ends with the test's JVM, however
/// that ends; its data is deleted when it is closed.
public final class StoreProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Store.Local store;
  private final Path folder;
  private final Guard guard = new Guard();
  private Process process;

  private StoreProcess(Store.Local store, Path folder) {
    this.store = store;
    this.folder = folder;
    this.process = launch();
  }

  /// @param folder where it keeps its data
  static StoreProcess start(Store.Local store, Path folder) {
    return new StoreProcess(store, folder);
  }

  /// Closes it when the JVM ends.
  StoreProcess closedWithJvm() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "end-store"));
    return this;
  }

  /// Where clients reach it.
  public String url() {
    return store.url();
  }

  public int port() {
    return store.port();
  }

  /// Whether its process lives.
  public boolean isRunning() {
    return process.isAlive();
  }

  /// Stops it in its tracks (SIGSTOP); connections stay open and hear nothing.
  public void pause() {
    signal("STOP");
  }

  /// Lets a paused one go on (SIGCONT).
  public void resume() {
    signal("CONT");
  }

  /// Ends it at once (SIGKILL).
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /// Ends it cleanly (SIGTERM) and waits for it.
  public void stop() {
    process.destroy();
    awaitEnd();
  }

  /// Starts it again after [#kill] or [#stop], on the same port with the same data.
  public void startAgain() {
    process = launch();
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
    guard.close();
    Folder.delete(folder);
  }

  private Process launch() {
    try {
      Process launched = guard.start(store.command(), Map.of(), folder.resolve("log"));
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(20))
          .failFast(store.description() + " ended", () -> !launched.isAlive())
          .until(() -> Ports.answers(store.port()));
      return launched;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitEnd() {
    process.onExit().join();
    try {
      guard.forget(process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void signal(String name) {
    try {
      int code =
          new ProcessBuilder(List.of("kill", "-" + name, Long.toString(process.pid())))
              .inheritIO()
              .start()
              .onExit()
              .join()
              .exitValue();
      if (code != 0) {
        throw new IllegalStateException("kill -" + name + " answered " + code);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
