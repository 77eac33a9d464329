package io.chatterbox.presence;

import io.chatterbox.bus.Channels;
import io.chatterbox.bus.CommandClient;
import io.chatterbox.bus.Json;
import io.chatterbox.bus.Reply;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.PresenceCommand;
import io.chatterbox.contract.PresenceCommand.Active;
import io.chatterbox.contract.PresenceCommand.Change;
import io.chatterbox.contract.PresenceCommand.PeopleState;
import io.chatterbox.contract.PresenceCommand.Person;
import io.chatterbox.contract.PresenceCommand.PersonState;
import io.chatterbox.contract.PresenceCommand.ReadPeople;
import io.chatterbox.contract.PresenceCommand.ReadRoom;
import io.chatterbox.contract.PresenceCommand.Report;
import io.chatterbox.contract.PresenceCommand.RoomState;
import io.chatterbox.contract.PresenceCommand.What;
import io.chatterbox.contract.PresenceNews;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.RedisNames;
import io.chatterbox.contract.Service;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.redis.client.RedisAPI;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// What gateways do, in tests of the other side.
@Singleton
class Gateways {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration LEASE = Duration.ofMinutes(5);
  private static final Caller GATEWAY = new Caller("gateway", "gateway", "", "");

  private final CommandClient commands;
  private final Channels channels;
  private final Json json;
  private final RedisAPI redis;

  Gateways(CommandClient commands, Channels channels, Json json, RedisAPI redis) {
    this.commands = commands;
    this.channels = channels;
    this.json = json;
    this.redis = redis;
  }

  void begin(String incarnation) {
    redis
        .set(
            List.of(
                RedisNames.gatewayLease(incarnation), "1", "PX", Long.toString(LEASE.toMillis())))
        .await()
        .atMost(PATIENCE);
  }

  /// As if it had not renewed its lease.
  void end(String incarnation) {
    redis.del(List.of(RedisNames.gatewayLease(incarnation))).await().atMost(PATIENCE);
  }

  void online(String incarnation, Person person) {
    report(Key.user(person.userId()), incarnation, new Change(What.online, person, ""));
  }

  void gone(String incarnation, Person person) {
    report(Key.user(person.userId()), incarnation, new Change(What.gone, person, ""));
  }

  void passes(String incarnation, What what, Person person, String room) {
    report(Key.room(room), incarnation, new Change(what, person, room));
  }

  void active(String incarnation, Person person, Duration ago) {
    send(
        Key.user(person.userId()),
        new Report(
            incarnation,
            List.of(),
            List.of(new Active(person.userId(), "socket", ago.toMillis()))));
  }

  void setStatus(Person person, PresenceCommand.Settable status) {
    commands.ask(
        Service.PRESENCE,
        Key.user(person.userId()),
        new Caller(person.userId(), person.username(), "session", "socket"),
        new PresenceCommand.UpdateStatus(status));
  }

  RawJson getPresence(Person asker, List<String> userIds) {
    return commands
        .ask(
            Service.PRESENCE,
            Key.user(asker.userId()),
            new Caller(asker.userId(), asker.username(), "session", "socket"),
            new PresenceCommand.GetPresence(userIds))
        .body();
  }

  PersonState read(Person person) {
    Reply.Done answer = send(Key.user(person.userId()), new ReadPeople(List.of(person.userId())));
    return json.read(answer.body(), PeopleState.class).people().getFirst();
  }

  RoomState read(String room) {
    return json.read(
        commands.ask(Service.PRESENCE, Key.room(room), GATEWAY, new ReadRoom(room)).body(),
        RoomState.class);
  }

  /// What is published of a user.
  Queue<PresenceNews.OfUser> listen(Person person) {
    return listen(Key.user(person.userId()), PresenceNews.OfUser.class);
  }

  /// What is published of a room.
  Queue<PresenceNews.OfRoom> listen(String room) {
    return listen(Key.room(room), PresenceNews.OfRoom.class);
  }

  /// How often gateways are asked to report everything.
  Queue<Buffer> listenToRequests() {
    Queue<Buffer> heard = new ConcurrentLinkedQueue<>();
    channels
        .subscribe(RedisNames.reportRequests(), heard::add)
        .toCompletionStage()
        .toCompletableFuture()
        .join();
    return heard;
  }

  private <T> Queue<T> listen(Key key, Class<T> type) {
    Queue<T> heard = new ConcurrentLinkedQueue<>();
    channels
        .subscribe(
            Service.PRESENCE.partitionOf(key).channel(key),
            message -> heard.add(json.read(RawJson.of(message.getBytes()), type)))
        .toCompletionStage()
        .toCompletableFuture()
        .join();
    return heard;
  }

  private void report(Key key, String incarnation, Change change) {
    send(key, new Report(incarnation, List.of(change), List.of()));
  }

  private Reply.Done send(Key about, Record command) {
    int partition = Service.PRESENCE.partitionOf(about).index();
    return commands.ask(Service.PRESENCE, Key.partition(partition), GATEWAY, command);
  }
}
