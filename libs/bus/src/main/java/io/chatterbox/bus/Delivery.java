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
import org.jboss.logging.Logger;

/// What goes back to Redis for a batch, in this order: what is published, replies, deletions. So no
/// reply is heard before what it speaks of was published, and nothing is deleted that was not
/// replied to.
final class Delivery {
  private static final Logger LOG = Logger.getLogger(Delivery.class);
  private static final Duration NOTE_KEPT = Duration.ofMinutes(1);

  /// A reply and where it goes.
  record Addressed(String replyTo, Reply reply) {}

  /// One message for one channel.
  record Message(String channel, Buffer body) {}

  /// What goes out for a batch, written.
  record Parcel(List<Message> hints, List<Message> replies) {
    static final Parcel NOTHING = new Parcel(List.of(), List.of());

    Parcel {
      hints = List.copyOf(hints);
      replies = List.copyOf(replies);
    }
  }

  private final Router redis;
  private final Service service;
  private final String replica;
  private final Hints hints;
  private final Replies replies;

  Delivery(Router redis, Service service, String replica, Hints hints, Replies replies) {
    this.redis = redis;
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
            redis.send(
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
    List<Message> published = new ArrayList<>();
    Map<Key, List<Publication>> byKey = new LinkedHashMap<>();
    for (Publication publication : publications) {
      byKey.computeIfAbsent(publication.key(), _ -> new ArrayList<>()).add(publication);
    }
    byKey.forEach((key, ofKey) ->
        published.add(new Message(service.partitionOf(key).channel(key), hints.writeAll(ofKey))));
    Map<String, List<Reply>> byChannel = new LinkedHashMap<>();
    for (Addressed answer : answers) {
      byChannel.computeIfAbsent(answer.replyTo(), _ -> new ArrayList<>()).add(answer.reply());
    }
    List<Message> replied = new ArrayList<>();
    byChannel.forEach(
        (channel, ofChannel) -> replied.add(new Message(channel, replies.write(ofChannel))));
    return new Parcel(published, replied);
  }

  /// Publishes, replies and deletes, in this order.
  Future<Boolean> settle(Parcel parcel, Collection<Held> done) {
    if (redis.isOneLink()) {
      List<Future<Response>> requests = new ArrayList<>();
      requests.addAll(publish(parcel.hints()));
      requests.addAll(publish(parcel.replies()));
      requests.addAll(delete(done));
      return all(requests);
    }
    // each may go to another master: one is done before the next begins
    return all(publish(parcel.hints()))
        .compose(_ -> all(publish(parcel.replies())).recover(Delivery::unheard))
        .compose(_ -> all(delete(done)));
  }

  /// The master that a process listens at for its replies is away, which is no reason to let the
  /// others wait: who misses a reply asks again.
  private static Future<Boolean> unheard(Throwable e) {
    LOG.debugf("replies not sent reason=%s", e.getMessage());
    return Future.succeededFuture(true);
  }

  private List<Future<Response>> publish(List<Message> messages) {
    return messages.stream()
        .map(message -> redis.publish(message.channel(), message.body()))
        .toList();
  }

  private List<Future<Response>> delete(Collection<Held> done) {
    Map<Partition, List<Object>> byStream = new LinkedHashMap<>();
    for (Held held : done) {
      byStream
          .computeIfAbsent(
              held.partition(), partition -> new ArrayList<>(List.of(partition.commands())))
          .add(held.id().text());
    }
    return byStream.values().stream()
        .map(stream -> redis.send(Request.cmd(Command.XDEL, stream.toArray())))
        .toList();
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
    return redis.send(Request.cmd(Command.XDEL, partition.commands(), id.text()));
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
