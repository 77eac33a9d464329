package io.chatterbox.stack;

import io.chatterbox.stack.Blueprint.ExternalStore;
import io.chatterbox.stack.stores.Ports;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// ChatterBox on this machine, ready to be used until it is closed.
public final class LocalStack implements AutoCloseable {
  private final Stack stack;
  private final DemoAssistant demo;
  private final OnlyOne lock;

  private final Thread stopWithJvm;

  private LocalStack(Stack stack, DemoAssistant demo, OnlyOne lock) {
    this.stack = stack;
    this.demo = demo;
    this.lock = lock;
    this.stopWithJvm = new Thread(stack::close, "stop");
  }

  /// Starts ChatterBox as it was built below this folder and returns when all of it is ready.
  ///
  /// @param environment variables that name stores, and the PATH
  /// @param out told of every change of state
  /// @throws StartFailure when it cannot run; then nothing of it does
  public static LocalStack up(
      Path root, UpOptions options, Map<String, String> environment, PrintStream out)
      throws InterruptedException {
    Journal journal = new Journal(out, InstantSource.system(), false);
    return up(ServiceKind.ofChatterBox(root), options, environment, journal);
  }

  /// As [#up(Path, UpOptions, Map, PrintStream)], with other services. The stack is stopped when
  /// the JVM is told to end, also while it is being started.
  static LocalStack up(
      List<ServiceKind> kinds, UpOptions options, Map<String, String> environment, Journal journal)
      throws InterruptedException {
    Folders folders = new Folders(options.data());
    OnlyOne lock = OnlyOne.of(folders);
    try {
      if (options.reset()) {
        folders.forget();
        journal.say("data", "of earlier runs is forgotten");
      }
      DemoAssistant demo = DemoAssistant.of(options, journal);
      try {
        Blueprint blueprint = new Drawing(kinds, demo.tell(options), environment, journal).draw();
        blueprint.external().forEach(LocalStack::checkAnswers);
        return started(new LocalStack(new Stack(blueprint, folders, journal), demo, lock));
      } catch (StartFailure e) {
        demo.close();
        throw e;
      }
    } catch (StartFailure e) {
      lock.close();
      throw e;
    }
  }

  private static LocalStack started(LocalStack running) throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(running.stopWithJvm);
    try {
      running.stack.start();
      return running;
    } catch (StartFailure e) {
      running.close();
      throw e;
    }
  }

  /// Where clients connect: the addresses of all gateways.
  public List<URI> gateways() {
    return stack.rows().stream()
        .filter(row -> row.service().equals("gateway"))
        .map(row -> URI.create("http://127.0.0.1:" + row.port()))
        .toList();
  }

  /// Every process and store.
  public List<StatusRow> status() {
    return stack.rows();
  }

  @Override
  public void close() {
    stack.close();
    demo.close();
    lock.close();
    try {
      Runtime.getRuntime().removeShutdownHook(stopWithJvm);
    } catch (IllegalStateException e) {
      // the JVM ends already, and this is waiting for it
    }
  }

  private static void checkAnswers(ExternalStore store) {
    if (store.port() > 0 && !Ports.answers(store.host(), store.port())) {
      throw new StartFailure(
          "%s does not answer at %s:%d, where the environment says that it is."
              .formatted(store.service(), store.host(), store.port()));
    }
  }
}
