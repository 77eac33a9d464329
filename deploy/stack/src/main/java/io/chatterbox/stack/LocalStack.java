package io.chatterbox.stack;

import io.chatterbox.stack.stores.Ports;
import io.chatterbox.stack.stores.Store;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The running suite of one machine.
final class LocalStack implements AutoCloseable {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

  private final Options options;
  private final PrintStream out;
  private final StateFile state;
  private final Guard guard = new Guard();
  private final List<Child> stores = new ArrayList<>();
  private final List<Child> services = new ArrayList<>();
  private final List<StateFile.Line> external = new ArrayList<>();
  private boolean stopping;

  LocalStack(Options options, StateFile state, PrintStream out) {
    this.options = options;
    this.state = state;
    this.out = out;
  }

  /// Starts everything and returns when all of it is ready.
  ///
  /// @return the addresses of the gateways
  /// @throws StackException when something cannot be started; [#close] stops the rest
  List<String> start() throws IOException {
    if (options.reset()) {
      forget(options.data());
    }
    Plan plan = new Plan(options, System.getenv());
    List<ProcessSpec> storeProcesses = plan.storeProcesses();
    List<ProcessSpec> serviceProcesses = plan.serviceProcesses();
    for (ProcessSpec process : serviceProcesses) {
      if (!Ports.isFree(process.port())) {
        throw new StackException(
            "Port %d, which %s needs, is in use by another program."
                .formatted(process.port(), process.name()));
      }
    }
    plan.stores()
        .forEach((name, store) -> {
          say(name + ": " + store.description());
          if (store instanceof Store.External) {
            external.add(new StateFile.Line(name, 0, 0, 0, "external"));
          }
        });
    startAll(storeProcesses, stores);
    startAll(serviceProcesses, services);
    return plan.gateways();
  }

  /// Stops gateways, then the other services, then the stores.
  @Override
  public void close() throws IOException {
    List<Child> gateways;
    List<Child> others;
    synchronized (this) {
      if (stopping) {
        return;
      }
      stopping = true;
      gateways = services.stream().filter(LocalStack::isGateway).toList();
      others = services.stream().filter(child -> !isGateway(child)).toList();
    }
    for (List<Child> group : List.of(gateways, others, List.copyOf(stores))) {
      group.forEach(Child::askToStop);
      group.forEach(child -> child.awaitEnd(STOP_LIMIT));
    }
    guard.close();
  }

  private void startAll(List<ProcessSpec> processes, List<Child> children) {
    List<CompletableFuture<Child>> ready = new ArrayList<>();
    synchronized (this) {
      if (stopping) {
        return;
      }
      for (ProcessSpec process : processes) {
        children.add(new Child(process, guard, this::changed));
      }
      children.forEach(child -> ready.add(child.start()));
    }
    CompletableFuture<?> failed = new CompletableFuture<>();
    CompletableFuture<?>[] watched =
        ready.stream()
            .map(one -> one.whenComplete((child, problem) -> failBy(problem, failed)))
            .toArray(CompletableFuture[]::new);
    try {
      CompletableFuture.anyOf(failed, CompletableFuture.allOf(watched)).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StackException problem) {
        throw problem;
      }
      throw e;
    }
  }

  private static void failBy(@Nullable Throwable problem, CompletableFuture<?> failed) {
    if (problem != null) {
      failed.completeExceptionally(problem);
    }
  }

  private synchronized void changed(Child child, Child.State next, String remark) {
    ProcessSpec spec = child.spec();
    say(
        "%s %s%s"
            .formatted(
                spec.name(),
                next,
                remark.isEmpty()
                    ? next == Child.State.ready
                        ? " (port %d, pid %d)".formatted(spec.port(), child.pid())
                        : ""
                    : ": " + remark));
    List<StateFile.Line> lines = new ArrayList<>(external);
    Stream.concat(stores.stream(), services.stream())
        .map(one ->
            new StateFile.Line(
                one.spec().service(),
                one.spec().replica(),
                one.spec().port(),
                one.pid(),
                one.state().name()))
        .forEach(lines::add);
    try {
      state.write(lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void say(String line) {
    out.println(
        LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS) + "  " + line);
  }

  private static boolean isGateway(Child child) {
    return child.spec().service().equals("gateway");
  }

  private static void forget(Path data) throws IOException {
    for (String folder : List.of("redis", "mongo")) {
      Path root = data.resolve(folder);
      if (Files.exists(root)) {
        try (Stream<Path> paths = Files.walk(root)) {
          for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(path);
          }
        }
      }
    }
  }
}
