package io.chatterbox.chat.log;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Indexes.ascending;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import io.chatterbox.contract.Key;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bson.Document;

/// The collection `log`.
///
/// Every query is by `_id`s or gives all fields of a unique index, because an embedded MongoDB
/// knows no other use of an index; the one exception says so.
@Singleton
public class Entries {
  /// Longer texts are the id of nothing.
  static final int LONGEST_ID = 300;

  private static final int MOST_IDS = 1000;
  private static final int LOOKUPS_AT_ONCE = 16;

  private final MongoDatabase database;
  private final MongoCollection<Document> log;

  Entries(MongoDatabase database) {
    this.database = database;
    this.log = database.getCollection("log");
  }

  /// Whether the database answers.
  public boolean isReachable() {
    try {
      database.runCommand(new Document("ping", 1));
      return true;
    } catch (MongoException e) {
      return false;
    }
  }

  /// Creates the indexes. Doing it again changes nothing.
  public void prepare() {
    log.createIndex(
        ascending("key", "sender", "commandId"), new IndexOptions().unique(true).name("command"));
    log.createIndex(ascending("key", "seq"), new IndexOptions().name("seq"));
    // of changes that are no messages only
    log.createIndex(
        ascending("at"), new IndexOptions().name("changes").partialFilterExpression(eq("seq", 0L)));
  }

  /// How far an insert came: `stored` entries from the first on; the one after them, if there is
  /// one, met another entry with its number or its command.
  record Inserted(int stored) {}

  Inserted insert(List<Entry> entries) {
    try {
      log.insertMany(entries.stream().map(Entries::document).toList());
      return new Inserted(entries.size());
    } catch (MongoBulkWriteException e) {
      // the server's own count of what it stored is not used: the embedded one counts what was sent
      if (e.getWriteConcernError() != null
          || e.getWriteErrors().size() != 1
          || ErrorCategory.fromErrorCode(e.getWriteErrors().getFirst().getCode())
              != ErrorCategory.DUPLICATE_KEY) {
        throw e;
      }
      return new Inserted(e.getWriteErrors().getFirst().getIndex());
    }
  }

  /// Those of these entries that there are, by id.
  public Map<String, Entry> find(Collection<String> ids) {
    Map<String, Entry> found = new HashMap<>();
    for (List<String> some : parts(List.copyOf(ids))) {
      for (Document document : log.find(in("_id", some))) {
        Entry entry = entry(document);
        found.put(entry.id(), entry);
      }
    }
    return found;
  }

  /// Those of these ids that name an entry.
  Set<String> existing(Collection<String> ids) {
    Set<String> found = new HashSet<>();
    for (List<String> some : parts(List.copyOf(ids))) {
      for (Document document : log.find(in("_id", some)).projection(Projections.include("_id"))) {
        found.add(document.getString("_id"));
      }
    }
    return found;
  }

  /// The entries as which these commands were stored before; none for those that were not.
  Map<CommandRef, Entry> repeats(Collection<CommandRef> commands) {
    Map<CommandRef, Entry> found = new HashMap<>();
    if (commands.size() <= 1) {
      commands.forEach(command -> find(command).ifPresent(entry -> found.put(command, entry)));
      return found;
    }
    try (ExecutorService threads =
        Executors.newFixedThreadPool(LOOKUPS_AT_ONCE, Thread.ofVirtual().factory())) {
      Map<CommandRef, Future<Optional<Entry>>> lookups = new HashMap<>();
      for (CommandRef command : commands) {
        lookups.computeIfAbsent(command, c -> threads.submit(() -> find(c)));
      }
      for (Map.Entry<CommandRef, Future<Optional<Entry>>> lookup : lookups.entrySet()) {
        lookup.getValue().get().ifPresent(entry -> found.put(lookup.getKey(), entry));
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return found;
  }

  private Optional<Entry> find(CommandRef command) {
    // written out: the driver's `and` sends `$and`, for which the embedded MongoDB uses no index
    Document exactly =
        new Document("key", command.key().text())
            .append("sender", command.sender())
            .append("commandId", command.commandId());
    return Optional.ofNullable(log.find(exactly).first()).map(Entries::entry);
  }

  /// The messages `from` to `to` of a key, both included, in ascending order.
  ///
  /// @param head the key, at the last message wanted or later
  public List<Entry> messages(Head head, long from, long to) {
    if (from > to) {
      return List.of();
    }
    // Other changes only push messages further back: each stands at most this far behind its seq,
    // and just so far when there was no other change since.
    long shift = head.rev() - head.seq();
    long first = from + shift;
    long last = Math.min(head.rev(), to + shift);
    List<Entry> found = between(head.key(), from, to, first, last);
    if (found.isEmpty() || found.getFirst().seq() > from) {
      long wider = Math.max(from, last - MOST_IDS + 1);
      List<Entry> before = between(head.key(), from, to, wider, first - 1);
      found = Stream.concat(before.stream(), found.stream()).toList();
    }
    return found.isEmpty() || found.getFirst().seq() > from ? search(head.key(), from, to) : found;
  }

  private List<Entry> between(Key key, long from, long to, long firstRev, long lastRev) {
    return find(ids(key, firstRev, lastRev)).values().stream()
        .filter(entry -> entry.isMessage() && entry.seq() >= from && entry.seq() <= to)
        .sorted(Comparator.comparingLong(Entry::seq))
        .toList();
  }

  /// Far more other changes than messages: here the embedded MongoDB reads the whole log.
  private List<Entry> search(Key key, long from, long to) {
    List<Entry> found = new ArrayList<>();
    for (Document document :
        log.find(and(eq("key", key.text()), gte("seq", from), lte("seq", to)))
            .sort(ascending("seq"))) {
      found.add(entry(document));
    }
    return found;
  }

  /// How many messages of a sender there are from `from` to `to`.
  public long countOf(Head head, String sender, long from, long to) {
    if (to - from < MOST_IDS) {
      return messages(head, from, to).stream()
          .filter(message -> message.sender().equals(sender))
          .count();
    }
    return log.countDocuments(
        and(eq("key", head.key().text()), eq("sender", sender), gte("seq", from), lte("seq", to)));
  }

  static List<String> ids(Key key, long first, long last) {
    return LongStream.rangeClosed(first, last).mapToObj(rev -> Entry.id(key, rev)).toList();
  }

  static List<List<String>> parts(List<String> ids) {
    List<List<String>> parts = new ArrayList<>();
    for (int i = 0; i < ids.size(); i += MOST_IDS) {
      parts.add(ids.subList(i, Math.min(ids.size(), i + MOST_IDS)));
    }
    return parts;
  }

  static Document document(Entry entry) {
    return new Document("_id", entry.id())
        .append("key", entry.key().text())
        .append("rev", entry.rev())
        .append("seq", entry.seq())
        .append("sender", entry.sender())
        .append("commandId", entry.commandId())
        .append("kind", entry.kind())
        .append("at", Date.from(entry.at()))
        .append("body", versioned(entry.body(), entry.rev()));
  }

  /// A body as it is stored: the `rev` that made it so comes first, so that `$max` keeps the
  /// newest.
  private static Document versioned(Document body, long rev) {
    Document versioned = new Document(Entry.CHANGED, rev);
    versioned.putAll(body);
    versioned.put(Entry.CHANGED, rev);
    return versioned;
  }

  /// What a change of an earlier entry does to that one, unless a later change has done it.
  private static WriteModel<Document> amendment(Entry amended, long rev) {
    return new UpdateOneModel<>(
        eq("_id", amended.id()),
        new Document("$max", new Document("body", versioned(amended.body(), rev))));
  }

  /// Does to earlier entries what those of these that are changes of one say. Doing so twice, or
  /// late, changes nothing.
  void amend(List<Entry> entries) {
    List<WriteModel<Document>> amendments = new ArrayList<>();
    for (Entry entry : entries) {
      entry.amended().ifPresent(amended -> amendments.add(amendment(amended, entry.rev())));
    }
    Upserts.write(log, amendments);
  }

  static Entry entry(Document document) {
    return new Entry(
        Key.parse(document.getString("key")),
        document.getLong("rev"),
        document.getLong("seq"),
        document.getString("sender"),
        document.getString("commandId"),
        document.getString("kind"),
        document.getDate("at").toInstant(),
        document.get("body", Document.class));
  }

  /// The time of an entry, as exact as the store keeps it.
  static Instant stamp(Instant now) {
    return Instant.ofEpochMilli(now.toEpochMilli());
  }
}
