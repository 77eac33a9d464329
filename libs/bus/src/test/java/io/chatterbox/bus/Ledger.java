package io.chatterbox.bus;

import io.chatterbox.contract.ClientEvent;
import io.chatterbox.contract.Hint;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.Service;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The store of the tests' little service: each key has a list of the commands that were done, each
/// once. Shared by its replicas, each with a [#processor] of its own.
final class Ledger {
  private final Map<Key, List<String>> done = new LinkedHashMap<>();
  private final List<String> calls = new ArrayList<>();
  private volatile Consumer<List<PendingCommand>> beforeBatch = batch -> {};
  private volatile Consumer<PendingCommand> beforeAsk = command -> {};

  /// What to do before a batch; it may throw.
  void beforeBatch(Consumer<List<PendingCommand>> task) {
    beforeBatch = task;
  }

  void beforeAsk(Consumer<PendingCommand> task) {
    beforeAsk = task;
  }

  /// The ids of the commands done about a key, in their order.
  synchronized List<String> done(Key key) {
    return List.copyOf(done.getOrDefault(key, List.of()));
  }

  /// How often the processor was called with this command.
  synchronized long calls(String id) {
    return calls.stream().filter(id::equals).count();
  }

  /// Commands that the processor was called with.
  synchronized int calls() {
    return calls.size();
  }

  synchronized List<String> all() {
    return done.values().stream().flatMap(List::stream).toList();
  }

  synchronized int size() {
    return done.values().stream().mapToInt(List::size).sum();
  }

  CommandProcessor processor(Service service) {
    return new CommandProcessor() {
      @Override
      public Service service() {
        return service;
      }

      @Override
      public Outcome process(List<PendingCommand> batch) {
        called(batch);
        beforeBatch.accept(batch);
        return write(batch);
      }

      @Override
      public Reply ask(PendingCommand command) {
        called(List.of(command));
        beforeAsk.accept(command);
        return new Reply.Done(command.id(), done(command.key()).size(), command.body());
      }
    };
  }

  private synchronized void called(List<PendingCommand> batch) {
    batch.forEach(command -> calls.add(command.id()));
  }

  private synchronized Outcome write(List<PendingCommand> batch) {
    List<Publication> publications = new ArrayList<>();
    List<Reply> replies = new ArrayList<>();
    for (PendingCommand command : batch) {
      List<String> ofKey = done.computeIfAbsent(command.key(), _ -> new ArrayList<>());
      if (!ofKey.contains(command.id())) {
        ofKey.add(command.id());
        publications.add(new Publication(command.key(), change(ofKey.size(), command.body())));
      }
      replies.add(new Reply.Done(command.id(), ofKey.indexOf(command.id()) + 1L, command.body()));
    }
    return new Outcome(publications, replies);
  }

  static Hint.Change change(long rev, RawJson payload) {
    return Hint.Change.telling(
        rev, List.of(ClientEvent.of("done", ClientEvent.Reach.JOINED, payload)));
  }
}
