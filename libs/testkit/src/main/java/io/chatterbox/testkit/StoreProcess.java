package io.chatterbox.testkit;

import static org.awaitility.Awaitility.await;

import io.chatterbox.stack.stores.Ports;
import io.chatterbox.stack.stores.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.List;

/// A store that a test started and may stop, pause or kill. It ends with the test's JVM.
public final class StoreProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Store.Local store;
  private Process process;

  private StoreProcess(Store.Local store) {
    this.store = store;
    this.process = launch();
  }

  static StoreProcess start(Store.Local store) {
    StoreProcess started = new StoreProcess(store);
    Runtime.getRuntime().addShutdownHook(new Thread(started::kill, "end-store"));
    return started;
  }

  /// Where clients reach it.
  public String url() {
    return store.url();
  }

  public int port() {
    return store.port();
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
    process.destroyForcibly().onExit().join();
  }

  /// Ends it cleanly (SIGTERM) and waits for it.
  public void stop() {
    process.destroy();
    process.onExit().join();
  }

  /// Starts it again after [#kill] or [#stop], on the same port with the same data.
  public void startAgain() {
    process = launch();
  }

  @Override
  public void close() {
    kill();
  }

  private Process launch() {
    try {
      Process launched =
          new ProcessBuilder(store.command())
              .redirectErrorStream(true)
              .redirectOutput(Redirect.DISCARD)
              .start();
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
