package io.chatterbox.ai.runs;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReturnDocument;
import io.chatterbox.bus.StoreAwayException;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/// The collection `runs`: what is going on. Every change names the run and its writer, so that of
/// two replicas that take each other for dead only one has its way.
///
/// Everything here throws [StoreAwayException] while MongoDB does not answer.
@Singleton
class ActiveRuns {
  private static final FindOneAndUpdateOptions AFTER =
      new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER);

  private final MongoCollection<Document> runs;

  ActiveRuns(MongoDatabase database) {
    this.runs = database.getCollection("runs");
  }

  /// Creates the indexes. Doing it again changes nothing.
  void prepare() {
    answered(() -> runs.createIndex(Indexes.ascending("writer")));
    answered(() -> runs.createIndex(Indexes.ascending("askerId")));
  }

  /// Begins a run, unless there is one in its conversation.
  boolean claim(RunDocument run) {
    return answered(() -> {
      try {
        return runs.insertOne(run.document()).wasAcknowledged();
      } catch (MongoWriteException e) {
        if (e.getError().getCategory() == ErrorCategory.DUPLICATE_KEY) {
          return false;
        }
        throw e;
      }
    });
  }

  Optional<RunDocument> find(String conversationId) {
    return found(() -> runs.find(eq("_id", conversationId)).first());
  }

  /// Whether the run is still going on, and its writer's.
  boolean isOwn(RunDocument run) {
    return found(() -> runs.find(own(run)).first()).isPresent();
  }

  /// The question is stored.
  ///
  /// @return the run; empty when it is the writer's no more
  Optional<RunDocument> asked(RunDocument run) {
    return found(() -> runs.findOneAndUpdate(own(run), set("asked", true), AFTER));
  }

  /// Marks what is going on as to be stopped.
  ///
  /// @param runId empty: whichever it is
  /// @return the run; empty when there is none whose end is open
  Optional<RunDocument> stop(String conversationId, Optional<String> runId) {
    Bson open = and(eq("_id", conversationId), exists("outcome", false));
    Bson wanted = runId.isPresent() ? and(open, eq("runId", runId.get())) : open;
    return found(() -> runs.findOneAndUpdate(wanted, set("stop", true), AFTER));
  }

  /// Decides how a run ends, once. A stop that came before has its way.
  ///
  /// @return the run with what was decided; empty when it is the writer's no more
  Optional<RunDocument> decide(RunDocument run, Outcome outcome) {
    Bson open = and(own(run), exists("outcome", false));
    Bson wanted = outcome.stopped() ? open : and(open, eq("stop", false));
    Optional<RunDocument> decided =
        found(() ->
            runs.findOneAndUpdate(
                wanted, combine(set("outcome", outcome.document()), set("asked", true)), AFTER));
    if (decided.isPresent()) {
      return decided;
    }
    Optional<RunDocument> now = found(() -> runs.find(own(run)).first());
    return now.isPresent() && now.get().outcome().isEmpty()
        ? decide(run, outcome.asStopped())
        : now;
  }

  /// The run is over.
  void remove(RunDocument run) {
    answered(() -> runs.deleteOne(own(run)));
  }

  /// Takes a run over from its writer.
  ///
  /// @return the run; empty when somebody else was faster
  Optional<RunDocument> takeOver(RunDocument run, String writer) {
    return found(() -> runs.findOneAndUpdate(own(run), set("writer", writer), AFTER));
  }

  List<RunDocument> of(String writer) {
    return answered(() -> {
      List<RunDocument> found = new ArrayList<>();
      runs.find(eq("writer", writer)).map(RunDocument::of).into(found);
      return found;
    });
  }

  /// All who write anything.
  List<String> writers() {
    return answered(() -> runs.distinct("writer", String.class).into(new ArrayList<>()));
  }

  /// How many runs a user has going on.
  long countOf(String askerId) {
    return answered(() -> runs.countDocuments(eq("askerId", askerId)));
  }

  private static Bson own(RunDocument run) {
    return and(
        eq("_id", run.conversationId()), eq("runId", run.runId()), eq("writer", run.writer()));
  }

  private static Optional<RunDocument> found(Supplier<@Nullable Document> request) {
    try {
      return Optional.ofNullable(request.get()).map(RunDocument::of);
    } catch (MongoException e) {
      throw new StoreAwayException(e);
    }
  }

  private static <T> T answered(Supplier<T> request) {
    try {
      return request.get();
    } catch (MongoException e) {
      throw new StoreAwayException(e);
    }
  }
}
