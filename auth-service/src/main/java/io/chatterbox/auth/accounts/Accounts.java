package io.chatterbox.auth.accounts;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Sorts.ascending;

import com.mongodb.client.model.Indexes;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Refusal;
import io.quarkus.mongodb.panache.PanacheMongoRepositoryBase;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.bson.conversions.Bson;

/// The collection `accounts`.
@Startup
@ApplicationScoped
public class Accounts implements PanacheMongoRepositoryBase<AccountDocument, String> {
  private static final String AFTER_ALL_NAMES = "\uffff";

  private final Reservations reservations;
  private final Clock clock;

  Accounts(Reservations reservations, Clock clock) {
    this.reservations = reservations;
    this.clock = clock;
  }

  @PostConstruct
  void createIndexes() {
    mongoCollection().createIndex(Indexes.ascending("name"));
  }

  /// Makes an account.
  ///
  /// @throws Refusal `CONFLICT` when name or address are taken, whatever their case
  public AccountDocument create(String username, String email, String passwordHash) {
    AccountDocument account = new AccountDocument();
    account.id = UUID.randomUUID().toString();
    account.username = username;
    account.name = username.toLowerCase(Locale.ROOT);
    account.email = email;
    account.passwordHash = passwordHash;
    account.createdAt = clock.instant();
    String name = "name:" + account.name;
    if (!reservations.take(name, account.id, this::exists)) {
      throw new Refusal(ErrorCode.CONFLICT, "This username is taken.");
    }
    if (!reservations.take(address(email), account.id, this::exists)) {
      reservations.free(name, account.id);
      throw new Refusal(ErrorCode.CONFLICT, "This e-mail address is taken.");
    }
    mongoCollection().insertOne(account);
    return account;
  }

  /// The account with this address, whatever its case.
  public Optional<AccountDocument> withEmail(String email) {
    return reservations.holder(address(email)).flatMap(this::findByIdOptional);
  }

  List<AccountDocument> withIds(Collection<String> ids) {
    return list("_id in ?1", ids);
  }

  /// Those whose name begins so, by name.
  List<AccountDocument> named(String beginning, long skip, int limit) {
    return mongoCollection()
        .find(namedLike(beginning))
        .sort(ascending("name"))
        .skip((int) Math.min(skip, Integer.MAX_VALUE))
        .limit(limit)
        .into(new ArrayList<>());
  }

  long countNamed(String beginning) {
    return mongoCollection().countDocuments(namedLike(beginning));
  }

  private boolean exists(String id) {
    return findByIdOptional(id).isPresent();
  }

  private static Bson namedLike(String beginning) {
    String from = beginning.toLowerCase(Locale.ROOT);
    return and(gte("name", from), lt("name", from + AFTER_ALL_NAMES));
  }

  private static String address(String email) {
    return "email:" + email.toLowerCase(Locale.ROOT);
  }
}
