package io.chatterbox.stack;

import io.chatterbox.stack.Child.State;
import io.chatterbox.stack.stores.Guard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The running programs of a blueprint.
final class Stack implements AutoCloseable {
  private static final Duration STARTS_WITHIN = Duration.ofMinutes(2);
  private static final Duration SERVICE_STOPS_WITHIN = Duration.ofSeconds(20);
  private static final Duration STORE_STOPS_WITHIN = Duration.ofSeconds(10);

  private final Blueprint blueprint;
  private final StateFile stateFile;
  private final Guard guard;
  private final List<Child> stores;
  private final List<Child> services;
  private final List<Child> edges;
  private final List<Child> started = new ArrayList<>();
  private boolean closed;

  Stack(Blueprint blueprint, Folders folders, Journal journal) {
    this.blueprint = blueprint;
    this.stateFile = new StateFile(folders.state());
    this.guard = new Guard();
    this.stores = children(blueprint.stores(), folders, journal);
    this.services = children(blueprint.services(), folders, journal);
    this.edges = children(blueprint.edges(), folders, journal);
  }

  /// Starts everything and returns when all of it is ready.
  ///
  /// @throws StartFailure when something ends, or is not ready in time; the rest goes on until
  ///   [#close]
  void start() throws InterruptedException {
    startAll(stores);
    startAll(Stream.concat(services.stream(), edges.stream()).toList());
  }

  /// Every process and every store, in the order in which they were started.
  List<StatusRow> rows() {
    Stream<StatusRow> others =
        blueprint.external().stream()
            .map(store ->
                new StatusRow(store.service(), 1, store.port(), OptionalLong.empty(), "external"));
    Stream<StatusRow> own =
        Stream.of(stores, services, edges).flatMap(List::stream).map(Stack::row);
    return Stream.concat(others, own).toList();
  }

  /// Stops everything in order; whoever calls it second waits for the first.
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      stop(edges, SERVICE_STOPS_WITHIN);
      stop(services, SERVICE_STOPS_WITHIN);
      stop(stores, STORE_STOPS_WITHIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      guard.close();
      stateFile.remove();
    }
  }

  private List<Child> children(List<Program> programs, Folders folders, Journal journal) {
    return programs.stream()
        .map(program -> new Child(program, folders, guard, journal, this::tellState))
        .toList();
  }

  private void startAll(List<Child> children) throws InterruptedException {
    synchronized (this) {
      if (closed) {
        throw new StartFailure("ChatterBox was stopped while it started.");
      }
      started.addAll(children);
      children.forEach(Child::start);
    }
    CompletableFuture<Void> all =
        CompletableFuture.allOf(
            children.stream().map(Child::ready).toArray(CompletableFuture[]::new));
    for (Child child : children) {
      var _ = child.ready().whenComplete((done, failure) -> failWith(all, failure));
    }
    try {
      all.get(STARTS_WITHIN.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new StartFailure(
          "Not ready after %d s: %s; see the logs."
              .formatted(STARTS_WITHIN.toSeconds(), notReady(children)));
    } catch (ExecutionException e) {
      throw e.getCause() instanceof StartFailure failure ? failure : new IllegalStateException(e);
    }
  }

  /// One that fails is enough; the others are not waited for.
  private static void failWith(CompletableFuture<Void> all, @Nullable Throwable failure) {
    if (failure != null) {
      all.completeExceptionally(failure);
    }
  }

  private static String notReady(List<Child> children) {
    return children.stream()
        .filter(child -> child.state() != State.READY)
        .map(child -> child.program().name())
        .collect(Collectors.joining(", "));
  }

  private void stop(List<Child> layer, Duration deadline) throws InterruptedException {
    List<Child> running = layer.stream().filter(started::contains).toList();
    running.forEach(Child::tellToStop);
    for (Child child : running) {
      child.awaitEnd(deadline);
    }
  }

  private void tellState() {
    stateFile.write(rows());
  }

  private static StatusRow row(Child child) {
    Program program = child.program();
    return new StatusRow(
        program.service(),
        program.replica(),
        program.port(),
        child.pid(),
        child.state().name().toLowerCase(Locale.ROOT));
  }
}
