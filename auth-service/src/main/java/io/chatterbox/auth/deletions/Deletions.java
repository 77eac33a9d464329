package io.chatterbox.auth.deletions;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.model.ReplaceOptions;
import io.chatterbox.auth.AuthConfig;
import io.chatterbox.auth.accounts.AccountDocument;
import io.chatterbox.auth.accounts.Accounts;
import io.chatterbox.auth.revocations.Revocations;
import io.chatterbox.auth.sessions.Resets;
import io.chatterbox.auth.sessions.Sessions;
import io.chatterbox.contract.Revocation;
import io.quarkus.mongodb.panache.PanacheMongoRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;

/// The collection `deletions`.
@ApplicationScoped
public class Deletions implements PanacheMongoRepositoryBase<DeletionDocument, String> {
  private static final Duration CLAIM = Duration.ofSeconds(30);
  private static final int AT_ONCE = 100;

  /// Of the pause while somebody does not confirm it.
  private static final int MOST_DOUBLINGS = 9;

  private final Accounts accounts;
  private final Sessions sessions;
  private final Resets resets;
  private final Revocations revocations;
  private final AuthConfig config;
  private final Clock clock;

  Deletions(
      Accounts accounts,
      Sessions sessions,
      Resets resets,
      Revocations revocations,
      AuthConfig config,
      Clock clock) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.resets = resets;
    this.revocations = revocations;
    this.config = config;
    this.clock = clock;
  }

  /// Deletes an account here, and remembers to tell the others.
  public void begin(AccountDocument account) {
    DeletionDocument deletion = new DeletionDocument();
    deletion.id = account.id;
    deletion.name = account.name;
    deletion.email = account.email;
    deletion.left = Services.NAMES;
    deletion.due = clock.instant();
    mongoCollection()
        .replaceOne(eq("_id", account.id), deletion, new ReplaceOptions().upsert(true));
    deleteHere(deletion);
  }

  /// Takes up deletions that are due, until another replica may take them.
  List<DeletionDocument> claim() {
    Instant now = clock.instant();
    List<DeletionDocument> claimed = new ArrayList<>();
    for (DeletionDocument due :
        mongoCollection().find(and(lte("due", now), lte("claimedUntil", now))).limit(AT_ONCE)) {
      boolean isMine =
          mongoCollection()
                  .updateOne(
                      new Document("_id", due.id).append("claimedUntil", due.claimedUntil),
                      set("claimedUntil", now.plus(CLAIM)))
                  .getModifiedCount()
              == 1;
      if (isMine) {
        claimed.add(due);
      }
    }
    return claimed;
  }

  /// Removes what there is of it in this service. Doing so again does no harm.
  void deleteHere(DeletionDocument deletion) {
    revocations.revoke(List.of(Revocation.ofUser(deletion.id)));
    accounts.remove(deletion.id, deletion.name, deletion.email);
    sessions.forget(deletion.id);
    resets.forget(deletion.id);
  }

  /// Remembers who has not confirmed it yet, and lets go of it.
  void told(DeletionDocument deletion, List<String> left) {
    if (left.isEmpty() && deletion.last) {
      deleteById(deletion.id);
      return;
    }
    boolean isNext = left.isEmpty();
    int tries = isNext ? 0 : deletion.tries + 1;
    Duration pause =
        isNext
            ? config.deletionSettles()
            : config.deletionRetry().multipliedBy(1L << Math.min(tries - 1, MOST_DOUBLINGS));
    mongoCollection()
        .updateOne(
            eq("_id", deletion.id),
            combine(
                set("left", isNext ? Services.NAMES : left),
                set("tries", tries),
                set("last", deletion.last || isNext),
                set("due", clock.instant().plus(pause)),
                set("claimedUntil", Instant.EPOCH)));
  }
}
