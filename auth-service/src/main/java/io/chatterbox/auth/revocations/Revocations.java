package io.chatterbox.auth.revocations;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.MongoCursor;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.UpdateOptions;
import io.chatterbox.auth.AuthConfig;
import io.chatterbox.auth.Lua;
import io.chatterbox.auth.Prepared;
import io.chatterbox.bus.Steady;
import io.chatterbox.contract.Revocation;
import io.quarkus.mongodb.panache.PanacheMongoRepositoryBase;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.bson.Document;
import org.jboss.logging.Logger;

/// The collection `revocations`, and the way from there to the gateways.
@Startup
@ApplicationScoped
public class Revocations
    implements PanacheMongoRepositoryBase<RevocationDocument, String>, Prepared {
  private static final Logger LOG = Logger.getLogger(Revocations.class);

  /// Beside the skew that `exp` is allowed: for clocks that differ more.
  private static final Duration MARGIN = Duration.ofSeconds(60);

  private static final int AT_ONCE = 500;

  private final RevocationList list;
  private final AuthConfig config;
  private final Clock clock;

  Revocations(RevocationList list, AuthConfig config, @Steady Clock clock) {
    this.list = list;
    this.config = config;
    this.clock = clock;
  }

  @Override
  public void prepare() {
    mongoCollection().createIndex(Indexes.ascending("told"));
  }

  /// Revokes all tokens of these subjects that were made until now. It is done when this returns:
  /// within a second everywhere if Redis answers, else as soon as it does again.
  public void revoke(Collection<String> subjects) {
    Instant until =
        clock
            .instant()
            .plus(config.accessTokenLife())
            .plusSeconds(config.skewSeconds())
            .plus(MARGIN);
    List<Revocation> revoked = new ArrayList<>();
    for (String subject : subjects) {
      mongoCollection()
          .updateOne(
              eq("_id", subject),
              combine(set("until", until), set("told", false)),
              new UpdateOptions().upsert(true));
      revoked.add(new Revocation(subject, until.toEpochMilli()));
    }
    try {
      tell(revoked);
    } catch (Lua.RedisAwayException e) {
      LOG.warnf("event=revocations-not-told count=%d", revoked.size());
    }
  }

  /// Puts into Redis what it lacks: what could not be told, or everything after a loss. Gateways
  /// that did not hear of Redis for a while wait until that was done once.
  ///
  /// @throws Lua.RedisAwayException when Redis does not answer
  void heal() {
    RevocationList.Look look = list.look();
    if (!look.isWhole()) {
      restore();
    }
    for (List<Revocation> untold = untold(); !untold.isEmpty(); untold = untold()) {
      tell(untold);
    }
    list.looked(look);
  }

  private List<Revocation> untold() {
    List<Revocation> untold = new ArrayList<>();
    try (MongoCursor<RevocationDocument> found =
        mongoCollection().find(eq("told", false)).limit(AT_ONCE).iterator()) {
      found.forEachRemaining(document -> untold.add(revocation(document)));
    }
    return untold;
  }

  /// Forgets what matters no longer.
  void clean() {
    mongoCollection().deleteMany(lte("until", clock.instant()));
  }

  private void tell(List<Revocation> revocations) {
    if (revocations.isEmpty()) {
      return;
    }
    list.add(revocations);
    for (Revocation told : revocations) {
      // not one that was revoked again meanwhile
      mongoCollection()
          .updateOne(
              new Document("_id", told.subject())
                  .append("until", Instant.ofEpochMilli(told.untilEpochMs())),
              set("told", true));
    }
  }

  private void restore() {
    String restorer = UUID.randomUUID().toString();
    if (!list.begin(restorer)) {
      return;
    }
    int count = 0;
    List<Revocation> page = new ArrayList<>(AT_ONCE);
    try (MongoCursor<RevocationDocument> all =
        mongoCollection().find(gt("until", clock.instant())).iterator()) {
      while (all.hasNext()) {
        page.add(revocation(all.next()));
        count++;
        if (page.size() == AT_ONCE) {
          if (!list.restore(page, restorer, false)) {
            return;
          }
          page.clear();
        }
      }
    }
    if (list.restore(page, restorer, true)) {
      LOG.infof("event=revocations-restored count=%d", count);
    }
  }

  private static Revocation revocation(RevocationDocument document) {
    return new Revocation(document.id, document.until.toEpochMilli());
  }
}
