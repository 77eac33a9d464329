package io.chatterbox.stack;

import java.util.List;
import java.util.stream.Stream;

/// All programs of a stack, in the order in which they are needed. Stores are ready before anything
/// else starts; edges are stopped before services, and services before stores.
///
/// @param external stores that somebody else runs
record Blueprint(
    List<ExternalStore> external,
    List<Program> stores,
    List<Program> services,
    List<Program> edges) {

  Blueprint {
    external = List.copyOf(external);
    stores = List.copyOf(stores);
    services = List.copyOf(services);
    edges = List.copyOf(edges);
  }

  /// A store that is used and not started.
  ///
  /// @param service `redis` or `mongodb`
  /// @param host where it is, or empty where its address names more than one
  record ExternalStore(String service, String host, int port) {}

  Stream<Program> programs() {
    return Stream.of(stores, services, edges).flatMap(List::stream);
  }
}
