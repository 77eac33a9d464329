package io.chatterbox.presence;

import io.chatterbox.bus.CommandProcessor;
import io.chatterbox.bus.Json;
import io.chatterbox.bus.Outcome;
import io.chatterbox.bus.PendingCommand;
import io.chatterbox.bus.Reply;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.Partition;
import io.chatterbox.contract.Presence;
import io.chatterbox.contract.PresenceCommand;
import io.chatterbox.contract.Refusal;
import io.chatterbox.contract.Service;
import io.chatterbox.contract.documented.Acknowledges;
import io.chatterbox.contract.documented.Shape;
import io.chatterbox.presence.live.LiveReads;
import io.chatterbox.presence.live.LiveState;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Where the bus hands presence-service its commands. What others are told goes out from the
/// scripts, not from here.
@Singleton
class PresenceProcessor implements CommandProcessor {
  private static final int MOST_IN_ROOM = 10_000;

  private final LiveState live;
  private final LiveReads reads;
  private final People people;
  private final Presences presences;
  private final Json json;

  PresenceProcessor(
      LiveState live, LiveReads reads, People people, Presences presences, Json json) {
    this.live = live;
    this.reads = reads;
    this.people = people;
    this.presences = presences;
    this.json = json;
  }

  @Override
  public Service service() {
    return Service.PRESENCE;
  }

  @Override
  public Outcome process(List<PendingCommand> batch) {
    List<Reply> replies = new ArrayList<>();
    for (PendingCommand command : batch) {
      replies.add(answer(command));
    }
    return new Outcome(List.of(), replies);
  }

  @Override
  public Reply ask(PendingCommand command) {
    return answer(command);
  }

  private Reply answer(PendingCommand command) {
    try {
      return new Reply.Done(command.id(), 0, json.write(handle(command)));
    } catch (Refusal refusal) {
      return Reply.refused(command.id(), refusal);
    }
  }

  private Object handle(PendingCommand command) {
    return switch ((PresenceCommand) json.command(command)) {
      case PresenceCommand.UpdateStatus(PresenceCommand.Settable status) ->
          setStatus(command.caller(), status.name());
      case PresenceCommand.GetPresence(List<String> userIds) -> new Found(presences.find(userIds));
      case PresenceCommand.Report report -> take(command, report);
      case PresenceCommand.ReadPeople(List<String> userIds) ->
          new PresenceCommand.PeopleState(presences.states(userIds));
      case PresenceCommand.ReadRoom(String room) -> reads.room(room, MOST_IN_ROOM).state();
    };
  }

  private Object setStatus(Caller caller, String status) {
    people.setManual(caller.userId(), status);
    live.setStatus(caller.userId(), status, caller.socketId());
    return new StatusSet(status);
  }

  /// The answer to `update-status`.
  @Acknowledges("update-status")
  @Shape(name = "StatusAnswer")
  record StatusSet(@Shape(name = "Status") String status) {}

  private Object take(PendingCommand command, PresenceCommand.Report report) {
    Map<String, String> manual = new HashMap<>();
    people
        .find(
            report.changes().stream()
                .filter(change -> change.what() == PresenceCommand.What.online)
                .map(change -> change.person().userId())
                .toList())
        .forEach((id, person) -> {
          if (person.manual != null) {
            manual.put(id, person.manual);
          }
        });
    live.take(
        new Partition(Service.PRESENCE, Integer.parseInt(command.key().id())), report, manual);
    return Map.of();
  }

  /// The answer to `get-presence`.
  @Acknowledges("get-presence")
  @Shape(name = "PresenceAnswer")
  record Found(List<Presence> presence) {
    Found {
      presence = List.copyOf(presence);
    }
  }
}
