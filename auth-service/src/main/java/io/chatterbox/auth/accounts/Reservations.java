package io.chatterbox.auth.accounts;

import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import io.quarkus.mongodb.panache.PanacheMongoRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.bson.Document;

/// What is unique over all accounts, without transactions: taken before the account is made.
@ApplicationScoped
class Reservations implements PanacheMongoRepositoryBase<ReservationDocument, String> {
  private static final Duration HALF_DONE = Duration.ofMinutes(1);

  private final Clock clock;

  Reservations(Clock clock) {
    this.clock = clock;
  }

  /// Takes it for an account that is about to be made, also from one that was never made.
  ///
  /// @param has whether an account (first) really has what is reserved (second)
  /// @return whether it is the account's now
  boolean take(String id, String accountId, BiPredicate<String, String> has) {
    ReservationDocument wanted = new ReservationDocument();
    wanted.id = id;
    wanted.accountId = accountId;
    wanted.at = clock.instant();
    try {
      mongoCollection().insertOne(wanted);
      return true;
    } catch (MongoWriteException e) {
      if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
        throw e;
      }
    }
    Optional<ReservationDocument> found = findByIdOptional(id);
    if (found.filter(taken -> taken.accountId.equals(accountId)).isPresent()) {
      return true;
    }
    return found
        .filter(taken -> taken.at.isBefore(clock.instant().minus(HALF_DONE)))
        .filter(taken -> !has.test(taken.accountId, id))
        .map(taken -> takeOver(taken, accountId))
        .orElse(false);
  }

  /// Moves it unless somebody else did so first.
  private boolean takeOver(ReservationDocument taken, String accountId) {
    return mongoCollection()
            .updateOne(
                new Document("_id", taken.id).append("accountId", taken.accountId),
                combine(set("accountId", accountId), set("at", clock.instant())))
            .getModifiedCount()
        == 1;
  }

  void free(String id, String accountId) {
    delete("_id = ?1 and accountId = ?2", id, accountId);
  }

  Optional<String> holder(String id) {
    return findByIdOptional(id).map(taken -> taken.accountId);
  }
}
