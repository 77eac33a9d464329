package io.chatterbox.ai.usage;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Projections;
import io.chatterbox.ai.AiConfig;
import io.chatterbox.bus.StoreAwayException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.bson.Document;

/// The collection `finished`.
@Singleton
public class FinishedRuns {
  private final MongoCollection<Document> finished;
  private final AiConfig config;
  private final Clock clock;

  FinishedRuns(MongoDatabase database, AiConfig config, Clock clock) {
    this.finished = database.getCollection("finished");
    this.config = config;
    this.clock = clock;
  }

  /// Keeps a run. Doing it again changes nothing.
  ///
  /// @throws StoreAwayException while MongoDB does not answer
  public void add(FinishedRun run) {
    try {
      finished.insertOne(run.document());
    } catch (MongoWriteException e) {
      if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
        throw new StoreAwayException(e);
      }
    } catch (MongoException e) {
      throw new StoreAwayException(e);
    }
  }

  /// What a user has used today.
  ///
  /// @throws StoreAwayException while MongoDB does not answer
  public DailyUsage today(String userId) {
    LocalDate day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    String ids = FinishedRun.idsOf(userId, day);
    int runs = 0;
    long prompt = 0;
    long completion = 0;
    try {
      for (Document run :
          finished
              .find(and(gte("_id", ids), lt("_id", ids + Character.MAX_VALUE)))
              .projection(Projections.include("promptTokens", "completionTokens"))) {
        runs++;
        prompt += run.getInteger("promptTokens");
        completion += run.getInteger("completionTokens");
      }
    } catch (MongoException e) {
      throw new StoreAwayException(e);
    }
    Long limit = config.dailyTokens().isPresent() ? config.dailyTokens().getAsLong() : null;
    return new DailyUsage(day.toString(), runs, prompt, completion, limit);
  }

  /// Removes all of a user's.
  ///
  /// @throws StoreAwayException while MongoDB does not answer
  public void forget(String userId) {
    String ids = userId + "/";
    try {
      finished.deleteMany(and(gte("_id", ids), lt("_id", ids + Character.MAX_VALUE)));
    } catch (MongoException e) {
      throw new StoreAwayException(e);
    }
  }
}
