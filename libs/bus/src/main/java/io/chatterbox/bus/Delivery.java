package io.chatterbox.bus;

import io.chatterbox.contract.Key;
import io.chatterbox.contract.Partition;
import io.chatterbox.contract.Service;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What goes back to Redis for a batch. Every request of a call goes out over one link in order, so
/// that no reply is heard before what it speaks of was published, and nothing is deleted that was
/// not replied to.
final class Delivery {
  private static final Duration NOTE_KEPT = Duration.ofMinutes(1);

  /// A reply and where it goes.
  record Addressed(String replyTo, Reply reply) {}

  /// One message for one channel.
  record Message(String channel, Buffer body) {}

  /// What goes out for a batch, written.
  record Parcel(List<Message> messages) {
    static final Parcel NOTHING = new Parcel(List.of());

    Parcel {
      messages = List.copyOf(messages);
    }
  }

  private final Link link;
  private final Service service;
  private final String replica;
  private final Hints hints;
  private final Replies replies;

  Delivery(Link link, Service service, String replica, Hints hints, Replies replies) {
    this.link = link;
    this.service = service;
    this.replica = replica;
    this.hints = hints;
    this.replies = replies;
  }

  /// Notes what is about to be begun, in each partition.
  Future<Boolean> note(Collection<Held> batch) {
    Map<Partition, Tenure.Suspects> ranges = new LinkedHashMap<>();
    for (Held held : batch) {
      ranges.merge(held.partition(), new Tenure.Suspects(held.id(), held.id()), Delivery::spanning);
    }
    List<Future<Response>> answers = new ArrayList<>(ranges.size());
    ranges.forEach((partition, range) ->
        answers.add(
            link.send(
                Request.cmd(
                    Command.SET,
                    partition.begun(),
                    replica + " " + range.first() + " " + range.last(),
                    "PX",
                    NOTE_KEPT.toMillis()))));
    return all(answers);
  }

  /// Writes what is to be published, then what is to be replied, each channel's in one message.
  Parcel pack(List<Publication> publications, List<Addressed> answers) {
    List<Message> messages = new ArrayList<>();
    Map<Key, List<Publication>> byKey = new LinkedHashMap<>();
    for (Publication publication : publications) {
      byKey.computeIfAbsent(publication.key(), _ -> new ArrayList<>()).add(publication);
    }
    byKey.forEach((key, ofKey) ->
        messages.add(new Message(service.partitionOf(key).channel(key), hints.writeAll(ofKey))));
    Map<String, List<Reply>> byChannel = new LinkedHashMap<>();
    for (Addressed answer : answers) {
      byChannel.computeIfAbsent(answer.replyTo(), _ -> new ArrayList<>()).add(answer.reply());
    }
    byChannel.forEach(
        (channel, ofChannel) -> messages.add(new Message(channel, replies.write(ofChannel))));
    return new Parcel(messages);
  }

  /// Publishes, replies and deletes, in this order.
  Future<Boolean> settle(Parcel parcel, Collection<Held> done) {
    List<Future<Response>> requests = new ArrayList<>();
    for (Message message : parcel.messages()) {
      requests.add(link.send(Request.cmd(Command.PUBLISH, message.channel(), message.body())));
    }
    Map<Partition, List<Object>> byStream = new LinkedHashMap<>();
    for (Held held : done) {
      byStream
          .computeIfAbsent(
              held.partition(), partition -> new ArrayList<>(List.of(partition.commands())))
          .add(held.id().text());
    }
    byStream
        .values()
        .forEach(stream -> requests.add(link.send(Request.cmd(Command.XDEL, stream.toArray()))));
    return all(requests);
  }

  /// Ends a command that was begun and gets no reply: nobody waits for it any more. With the last
  /// one the entry goes; should Redis not hear of it, it is read again.
  void drop(Held held) {
    if (held.answered()) {
      settle(Parcel.NOTHING, List.of(held)).onComplete(_ -> held.tenure().letGo(held.id()));
    }
    held.tenure().finished(1);
  }

  /// Deletes what is no entry of commands.
  Future<Response> delete(Partition partition, StreamId id) {
    return link.send(Request.cmd(Command.XDEL, partition.commands(), id.text()));
  }

  private static Future<Boolean> all(List<Future<Response>> answers) {
    return answers.isEmpty() ? Future.succeededFuture(true) : Future.join(answers).map(_ -> true);
  }

  private static Tenure.Suspects spanning(Tenure.Suspects one, Tenure.Suspects other) {
    return new Tenure.Suspects(
        one.first().compareTo(other.first()) <= 0 ? one.first() : other.first(),
        one.last().compareTo(other.last()) >= 0 ? one.last() : other.last());
  }
}
