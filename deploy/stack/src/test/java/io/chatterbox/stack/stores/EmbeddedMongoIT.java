package io.chatterbox.stack.stores;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Indexes.ascending;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.UpdateOptions;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.bson.types.Binary;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedMongoIT {
  private static final int MANY = 3000;
  private static final int SOME = 500;
  private static final int FIELDS = 8;
  private static final int KILLS = 3;
  private static final int WRITERS = 4;
  private static final int ROUNDS = 60;
  private static final int FEW = 3;
  private static final int NINE_MEGABYTES = 9 << 20;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir Path folder;

  @Test
  void allKindsOfValuesOutliveARestart() {
    Document document =
        new Document("_id", new ObjectId())
            .append("text", "x".repeat(9000) + "ö\u0000☃")
            .append("int", 7)
            .append("long", 1L << 60)
            .append("double", -0.5)
            .append("decimal", Decimal128.parse("1.10"))
            .append("yes", true)
            .append("none", null)
            .append("at", Date.from(Instant.ofEpochMilli(1_700_000_000_123L)))
            .append("bytes", new Binary(new byte[70_000]))
            .append("list", List.of(1, "two", List.of(new Document("three", 3L))))
            .append("inner", new Document("empty", new Document()).append("a.b", List.of()));
    with(embedded(), log -> log.insertOne(document));
    with(
        embedded(),
        log ->
            assertThat(log.find(eq("_id", document.getObjectId("_id"))).first())
                .isEqualTo(document));
  }

  @Test
  void whatMustBeUniqueIsAfterARestartToo() {
    with(
        embedded(),
        log -> {
          log.createIndex(ascending("key", "sender"), new IndexOptions().unique(true));
          log.insertMany(entries());
        });
    with(
        embedded(),
        log -> {
          for (int i = 0; i < MANY; i += 97) {
            Document taken = entry(i);
            refuses(log, new Document(taken));
            refuses(log, new Document(taken).append("_id", "another"));
            assertThat(log.find(new Document("key", "k" + i).append("sender", (double) i)))
                .containsExactly(taken);
          }
          assertThat(log.find(in("_id", Arrays.asList("e5", "nothing", "e2999"))))
              .containsExactlyInAnyOrder(entry(5), entry(2999));
          assertThat(log.countDocuments()).isEqualTo(MANY);
          log.deleteOne(eq("_id", "e5"));
          log.insertOne(entry(5));
        });
  }

  @Test
  void readsAndGoesOnWithFilesWrittenBySerialization() {
    with(
        new MongoServer(new H2Backend(file())),
        log -> {
          log.createIndex(ascending("key", "sender"), new IndexOptions().unique(true));
          log.insertMany(entries());
        });
    with(
        embedded(),
        log -> {
          assertThat(log.find()).containsExactlyInAnyOrderElementsOf(entries());
          refuses(log, entry(1234));
          refuses(log, entry(1234).append("_id", "another"));
          log.updateOne(
              eq("_id", "e7"), new Document("$max", new Document("seq", 99L)), new UpdateOptions());
          log.insertOne(entry(MANY));
        });
    with(
        embedded(),
        log -> {
          assertThat(log.countDocuments()).isEqualTo(MANY + 1);
          assertThat(log.find(eq("_id", "e7")).first()).isEqualTo(entry(7).append("seq", 99L));
          refuses(log, entry(MANY).append("_id", "another"));
        });
  }

  @Test
  void aDroppedCollectionBeginsAnew() {
    with(
        embedded(),
        log -> {
          log.createIndex(ascending("key", "sender"), new IndexOptions().unique(true));
          log.insertMany(entries());
          log.drop();
          log.createIndex(ascending("key", "sender"), new IndexOptions().unique(true));
          log.insertMany(entries());
          refuses(log, entry(3).append("_id", "another"));
          log.dropIndex(ascending("key", "sender"));
          log.insertOne(entry(3).append("_id", "another"));
        });
  }

  @Test
  void aDocumentThatGrowsTooLargeStaysAsItWas() {
    Document document = new Document("_id", "large").append("one", "x".repeat(NINE_MEGABYTES));
    with(
        embedded(),
        log -> {
          log.insertOne(document);
          assertThatThrownBy(() ->
                  log.updateOne(
                      eq("_id", "large"),
                      new Document("$set", new Document("two", "y".repeat(NINE_MEGABYTES)))))
              .isInstanceOf(MongoException.class)
              .hasMessageContaining("too large");
          assertThat(log.find().first()).isEqualTo(document);
        });
    with(embedded(), log -> assertThat(log.find().first()).isEqualTo(document));
  }

  @Test
  void keysOfDifferentKindsStandSideBySide() {
    UUID uuid = UUID.randomUUID();
    List<Object> ids =
        List.of(
            "1",
            2,
            3.5,
            new ObjectId(),
            Date.from(Instant.ofEpochMilli(4)),
            uuid,
            new Document("a", 1),
            true);
    with(embedded(), log -> ids.forEach(id -> log.insertOne(new Document("_id", id))));
    with(
        embedded(),
        log -> {
          ids.forEach(id -> refuses(log, new Document("_id", id)));
          refuses(log, new Document("_id", 2L));
          refuses(log, new Document("_id", new Document("a", 1.0)));
          log.insertOne(new Document("_id", "2"));
        });
  }

  @Test
  void documentsAreWrittenWhileIndexesAreMade() {
    with(
        embedded(),
        log -> {
          CompletableFuture<Void> writing =
              CompletableFuture.runAsync(() -> entries().subList(0, SOME).forEach(log::insertOne));
          for (int i = 0; !writing.isDone(); i = (i + 1) % FIELDS) {
            log.createIndex(ascending("f" + i, "key"), new IndexOptions().unique(true));
            if (i == FIELDS - 1) {
              log.dropIndexes();
            }
          }
          writing.join();
          assertThat(log.countDocuments()).isEqualTo(SOME);
        });
  }

  /// Counts would show what was carried out twice or not at all.
  @Test
  void whatItAcknowledgedOutlivesAKill() throws Exception {
    long[] acknowledged = new long[WRITERS];
    for (int kill = 0; kill < KILLS; kill++) {
      CountDownLatch enough = new CountDownLatch(WRITERS * ROUNDS);
      write(
          acknowledged,
          enough,
          List.of(),
          server -> {
            assertThat(enough.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            server.destroyForcibly();
          });
    }
    check(acknowledged);
  }

  @Test
  void itEndsWhenItCannotWriteAndHasWhatItAcknowledged() throws Exception {
    long[] acknowledged = new long[WRITERS];
    write(
        acknowledged,
        new CountDownLatch(1),
        List.of("sh", "-c", "ulimit -f 400; exec \"$@\"", "sh"),
        server -> {
          assertThat(server.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
          assertThat(server.exitValue()).isEqualTo(1);
        });
    assertThat(acknowledged).doesNotContain(0);
    check(acknowledged);
  }

  /// Has all writers write to a server in a process of its own until that has ended.
  private void write(long[] acknowledged, CountDownLatch enough, List<String> prefix, Ending ending)
      throws Exception {
    int port = Ports.free();
    Process server = start(port, prefix);
    try (MongoClient client =
        MongoClients.create("mongodb://127.0.0.1:" + port + "/?serverSelectionTimeoutMS=1000")) {
      Awaitility.await().atMost(PATIENCE).until(() -> Ports.answers(port));
      MongoCollection<Document> log = client.getDatabase("test").getCollection("log");
      List<CompletableFuture<Void>> writing = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        int writer = i;
        writing.add(
            CompletableFuture.runAsync(
                () -> write(log, writer, acknowledged, enough), Thread::startVirtualThread));
      }
      ending.of(server);
      writing.forEach(CompletableFuture::join);
    } finally {
      server.destroyForcibly().waitFor();
    }
  }

  private interface Ending {
    void of(Process server) throws Exception;
  }

  private void check(long[] acknowledged) {
    with(
        embedded(),
        log -> {
          for (int writer = 0; writer < WRITERS; writer++) {
            rounds(log, writer, acknowledged[writer]);
          }
        });
  }

  private Process start(int port, List<String> prefix) throws IOException {
    List<String> command = new ArrayList<>(prefix);
    // without a PATH no other is found
    command.addAll(((Store.Local) MongoStore.find(Map.of(), folder, port)).command());
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /// Inserts and counts until the server is killed.
  private static void write(
      MongoCollection<Document> log, int writer, long[] acknowledged, CountDownLatch enough) {
    long round = rounds(log, writer, acknowledged[writer]);
    try {
      while (true) {
        acknowledged[writer] = round;
        log.deleteMany(new Document("writer", writer).append("round", round));
        List<Document> some = new ArrayList<>();
        for (int i = 0; i < FEW; i++) {
          some.add(
              new Document("_id", writer + ":" + round + ":" + i)
                  .append("writer", writer)
                  .append("round", round));
        }
        log.insertMany(some);
        log.updateOne(
            // found by its key, and by a look at all documents
            round % 2 == 0
                ? eq("_id", "counter" + writer)
                : new Document("_id", "counter" + writer).append("count", round),
            new Document("$inc", new Document("count", 1L)),
            new UpdateOptions().upsert(true));
        round++;
        enough.countDown();
      }
    } catch (MongoException killed) {
      // as was to be
    }
  }

  /// How many rounds a writer has counted. The last command before a kill may or may not have been
  /// carried out, but nothing in part.
  private static long rounds(MongoCollection<Document> log, int writer, long acknowledged) {
    Document counter = log.find(eq("_id", "counter" + writer)).first();
    long rounds = counter == null ? 0 : counter.getLong("count");
    assertThat(rounds).isBetween(acknowledged, acknowledged + 1);
    long begun = log.countDocuments(new Document("writer", writer).append("round", rounds));
    assertThat(begun).isIn(0L, (long) FEW);
    assertThat(log.countDocuments(new Document("writer", writer))).isEqualTo(rounds * FEW + begun);
    return rounds;
  }

  @Test
  void whatIsBehindAHalfWrittenRecordWasNotAcknowledged() throws Exception {
    Path store = folder.resolve("mongo.mv");
    MongoJournal journal = MongoJournal.replay(store, 3, _ -> {});
    journal.append(command("a"));
    journal.append(command("b"));
    journal.close();
    Path written = folder.resolve("mongo.mv.journal.3");
    try (FileChannel file = FileChannel.open(written, StandardOpenOption.WRITE)) {
      file.truncate(file.size() - 1);
    }
    List<Object> again = new ArrayList<>();
    MongoJournal next = MongoJournal.replay(store, 3, command -> again.add(command.get("insert")));
    assertThat(again).containsExactly("a");
    next.append(command("c"));
    next.close();
    again.clear();
    MongoJournal last = MongoJournal.replay(store, 3, command -> again.add(command.get("insert")));
    assertThat(again).containsExactly("a", "c");
    last.forget(5);
    last.close();
    assertThat(written).doesNotExist();
    assertThat(folder.resolve("mongo.mv.journal.5")).exists();
  }

  private static de.bwaldvogel.mongo.bson.Document command(String name) {
    return new de.bwaldvogel.mongo.bson.Document("insert", name);
  }

  private static void refuses(MongoCollection<Document> log, Document taken) {
    assertThatThrownBy(() -> log.insertOne(taken)).isInstanceOf(MongoWriteException.class);
  }

  private static List<Document> entries() {
    return new ArrayList<>(IntStream.range(0, MANY).mapToObj(EmbeddedMongoIT::entry).toList());
  }

  private static Document entry(int number) {
    return new Document("_id", "e" + number)
        .append("key", "k" + number)
        .append("sender", number)
        .append("seq", (long) number)
        .append("body", new Document("content", "x".repeat(number % 500)));
  }

  private MongoServer embedded() {
    return EmbeddedMongo.server(file());
  }

  private String file() {
    return folder.resolve("mongo.mv").toString();
  }

  private static void with(MongoServer server, Consumer<MongoCollection<Document>> work) {
    InetSocketAddress address = server.bind();
    try (MongoClient client =
        MongoClients.create(
            "mongodb://127.0.0.1:" + address.getPort() + "/?uuidRepresentation=standard")) {
      work.accept(client.getDatabase("test").getCollection("log"));
    } finally {
      server.shutdown();
    }
  }
}
