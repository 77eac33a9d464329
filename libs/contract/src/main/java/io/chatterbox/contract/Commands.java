package io.chatterbox.contract;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The table of all commands, read from the sealed command types.
public final class Commands {

  /// One command of a service.
  ///
  /// @param service who handles it
  /// @param type the record of its payload
  /// @param about what its annotation says
  public record Route(Service service, Class<? extends Record> type, Command about) {}

  private final Map<String, Route> byEvent;

  private Commands(Map<String, Route> byEvent) {
    this.byEvent = Map.copyOf(byEvent);
  }

  /// All commands of all services.
  public static Commands all() {
    Map<String, Route> table = new LinkedHashMap<>();
    add(table, Service.CHAT, ChatCommand.class);
    add(table, Service.CHAT, MessageCommand.class);
    add(table, Service.CHAT, GroupCommand.class);
    add(table, Service.PRESENCE, PresenceCommand.class);
    add(table, Service.AI, AiCommand.class);
    return new Commands(table);
  }

  /// The command of this event name, internal ones included.
  public Optional<Route> find(String event) {
    return Optional.ofNullable(byEvent.get(event));
  }

  /// Every command, in no order.
  public List<Route> routes() {
    return List.copyOf(byEvent.values());
  }

  /// The route of a command's record.
  public Route routeOf(Class<? extends Record> type) {
    return routes().stream().filter(route -> route.type() == type).findFirst().orElseThrow();
  }

  private static void add(Map<String, Route> table, Service service, Class<?> sealed) {
    for (Class<? extends Record> type : records(sealed)) {
      Command about = type.getAnnotation(Command.class);
      if (about == null) {
        throw new IllegalStateException(type + " has no @Command");
      }
      if (table.put(about.event(), new Route(service, type, about)) != null) {
        throw new IllegalStateException("two commands are named " + about.event());
      }
    }
  }

  private static List<Class<? extends Record>> records(Class<?> type) {
    if (type.isRecord() && Modifier.isFinal(type.getModifiers())) {
      return List.of(type.asSubclass(Record.class));
    }
    List<Class<? extends Record>> found = new ArrayList<>();
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      found.addAll(records(permitted));
    }
    return found;
  }
}
