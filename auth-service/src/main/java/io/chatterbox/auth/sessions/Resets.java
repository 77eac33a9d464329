package io.chatterbox.auth.sessions;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lte;

import com.mongodb.client.model.Indexes;
import io.chatterbox.auth.AuthConfig;
import io.chatterbox.auth.Hashes;
import io.chatterbox.auth.Prepared;
import io.quarkus.mongodb.panache.PanacheMongoRepositoryBase;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;

/// The collection `resets`. Of tokens only hashes are kept; one is good once.
@Startup
@ApplicationScoped
public class Resets implements PanacheMongoRepositoryBase<ResetDocument, String>, Prepared {
  private static final int RANDOM_BYTES = 32;

  private final AuthConfig config;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  Resets(AuthConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  @Override
  public void prepare() {
    mongoCollection().createIndex(Indexes.ascending("accountId"));
  }

  /// A token for this account.
  String allow(String accountId) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    ResetDocument reset = new ResetDocument();
    reset.id = Hashes.sha256(token);
    reset.accountId = accountId;
    reset.until = clock.instant().plus(config.mail().resetTokenLife());
    mongoCollection().insertOne(reset);
    return token;
  }

  /// Uses a token up.
  ///
  /// @return whose it was; empty when it is not good (any more)
  Optional<String> use(String token) {
    return Optional.ofNullable(mongoCollection().findOneAndDelete(eq("_id", Hashes.sha256(token))))
        .filter(reset -> reset.until.isAfter(clock.instant()))
        .map(reset -> reset.accountId);
  }

  /// Takes back what was allowed for this account.
  public void forget(String accountId) {
    delete("accountId", accountId);
  }

  void clean() {
    mongoCollection().deleteMany(lte("until", clock.instant()));
  }
}
