package io.chatterbox.gateway.presence;

import io.chatterbox.bus.CommandLoop;
import io.chatterbox.bus.CommandProcessor;
import io.chatterbox.bus.Json;
import io.chatterbox.bus.Outcome;
import io.chatterbox.bus.PendingCommand;
import io.chatterbox.bus.Reply;
import io.chatterbox.contract.PresenceCommand;
import io.chatterbox.contract.PresenceCommand.PeopleState;
import io.chatterbox.contract.PresenceCommand.PersonState;
import io.chatterbox.contract.PresenceCommand.ReadPeople;
import io.chatterbox.contract.PresenceCommand.ReadRoom;
import io.chatterbox.contract.PresenceCommand.Report;
import io.chatterbox.contract.PresenceCommand.RoomState;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.Refusal;
import io.chatterbox.contract.Service;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/// Presence-service's end of the bus: remembers what is reported and answers what a test says.
@Singleton
class PresenceEnd implements CommandProcessor {
  private final Queue<Report> reports = new ConcurrentLinkedQueue<>();
  private final Map<String, PersonState> people = new ConcurrentHashMap<>();
  private final Map<String, RoomState> rooms = new ConcurrentHashMap<>();
  private final AtomicInteger reads = new AtomicInteger();
  private final Json json;
  private volatile Predicate<Report> isRefused = _ -> false;

  PresenceEnd(Json json) {
    this.json = json;
  }

  void start(@Observes StartupEvent event, CommandLoop loop) {
    loop.start(this);
  }

  List<Report> reports() {
    return List.copyOf(reports);
  }

  /// How often it was read by the gateway.
  int reads() {
    return reads.get();
  }

  void refuse(Predicate<Report> which) {
    isRefused = which;
  }

  void say(PersonState state) {
    people.put(state.userId(), state);
  }

  void say(String room, RoomState state) {
    rooms.put(room, state);
  }

  @Override
  public Service service() {
    return Service.PRESENCE;
  }

  @Override
  public Outcome process(List<PendingCommand> batch) {
    List<Reply> replies = new ArrayList<>();
    for (PendingCommand command : batch) {
      Report report = (Report) json.command(command);
      if (isRefused.test(report)) {
        replies.add(Reply.refused(command.id(), Refusal.unavailable()));
      } else {
        reports.add(report);
        replies.add(new Reply.Done(command.id(), 0, RawJson.of("{}")));
      }
    }
    return new Outcome(List.of(), replies);
  }

  @Override
  public Reply ask(PendingCommand command) {
    reads.incrementAndGet();
    Object answer =
        switch ((PresenceCommand) json.command(command)) {
          case ReadPeople(List<String> ids) ->
              new PeopleState(ids.stream().map(people::get).filter(Objects::nonNull).toList());
          case ReadRoom(String room) ->
              rooms.getOrDefault(room, new RoomState(0, true, true, List.of()));
          case Report _, PresenceCommand.GetPresence _, PresenceCommand.UpdateStatus _ ->
              throw Refusal.notFound("That is not asked here.");
        };
    return new Reply.Done(command.id(), 0, json.write(answer));
  }
}
