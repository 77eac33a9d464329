package io.chatterbox.chat.members;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Sorts.ascending;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import io.chatterbox.bus.CommandClient;
import io.chatterbox.chat.ChatConfig;
import io.chatterbox.chat.log.SideWrite;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ChatCommand.TellAdded;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.Refusal;
import io.chatterbox.contract.Service;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.jboss.logging.Logger;

/// The collection `tells`: who has to be told yet that he is in a conversation now. A note is
/// stored before the change that adds him counts as applied, and deleted when his own log has it,
/// so nobody is forgotten, whoever crashes. A note may be carried out twice; the log tells once.
@Singleton
public class Tells {
  private static final Logger LOG = Logger.getLogger(Tells.class);
  private static final int WAITING = 10_000;
  private static final int AT_ONCE = 64;
  private static final int READ_AT_ONCE = 500;

  private final MongoCollection<Document> tells;
  private final CommandClient bus;
  private final ChatConfig config;
  private final Clock clock;

  /// What was just noted. When it is full, the rest is found in the collection.
  private final BlockingQueue<Tell> fresh = new ArrayBlockingQueue<>(WAITING);

  private final Thread thread = Thread.ofVirtual().name("tells").unstarted(this::run);

  Tells(MongoDatabase database, CommandClient bus, ChatConfig config, Clock clock) {
    this.tells = database.getCollection("tells");
    this.bus = bus;
    this.config = config;
    this.clock = clock;
  }

  /// That somebody is in a conversation since this `rev` of it.
  record Tell(String userId, String conversationId, long rev) {
    String id() {
      return conversationId + ":" + rev + ":" + userId;
    }
  }

  /// The note, to be stored with the change.
  SideWrite note(Tell tell, Instant at) {
    return new SideWrite(
        "tells",
        new UpdateOneModel<>(
            eq("_id", tell.id()),
            new Document(
                "$set",
                new Document("user", tell.userId())
                    .append("conversation", tell.conversationId())
                    .append("rev", tell.rev())
                    .append("at", Date.from(at))),
            new UpdateOptions().upsert(true)));
  }

  /// Carries a note out without waiting for the next look at the collection.
  void soon(Tell tell) {
    fresh.offer(tell);
  }

  /// Begins to carry notes out.
  public void start() {
    thread.start();
  }

  @PreDestroy
  void stop() {
    thread.interrupt();
  }

  private void run() {
    long every = config.tellAgainEvery().toNanos();
    long look = System.nanoTime();
    while (!Thread.currentThread().isInterrupted()) {
      try {
        List<Tell> some = new ArrayList<>();
        Tell first = fresh.poll(Math.max(0, look - System.nanoTime()), TimeUnit.NANOSECONDS);
        if (first != null) {
          some.add(first);
          fresh.drainTo(some, AT_ONCE - 1);
        }
        if (look - System.nanoTime() <= 0) {
          look = System.nanoTime() + every;
          some.addAll(left(clock.instant().minus(config.tellAgainEvery())));
        }
        tell(some);
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.warnf("tells state=waiting reason=%s", e.toString());
      }
    }
  }

  /// The notes that have waited since then, the oldest first.
  List<Tell> left(Instant since) {
    List<Tell> left = new ArrayList<>();
    for (Document note : tells.find().sort(ascending("at")).limit(READ_AT_ONCE)) {
      if (!note.getDate("at").toInstant().isAfter(since)) {
        left.add(
            new Tell(note.getString("user"), note.getString("conversation"), note.getLong("rev")));
      }
    }
    return left;
  }

  private void tell(List<Tell> some) {
    try (ExecutorService threads =
        Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
      for (Tell tell : some) {
        threads.execute(() -> tell(tell));
      }
    }
  }

  private void tell(Tell tell) {
    try {
      bus.ask(
          Service.CHAT,
          Key.user(tell.userId()),
          Caller.service(Service.CHAT),
          new TellAdded(tell.userId(), tell.conversationId(), tell.rev()));
      tells.deleteOne(eq("_id", tell.id()));
    } catch (Refusal | MongoException e) {
      LOG.warnf("tell=%s state=waiting reason=%s", tell.id(), e.toString());
    }
  }
}
