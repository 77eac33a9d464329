package io.chatterbox.auth.accounts;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.model.Indexes;
import io.chatterbox.auth.Prepared;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Refusal;
import io.quarkus.mongodb.panache.PanacheMongoRepositoryBase;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/// The collection `accounts`.
@Startup
@ApplicationScoped
public class Accounts implements PanacheMongoRepositoryBase<AccountDocument, String>, Prepared {
  private static final String AFTER_ALL_NAMES = "\uffff";

  private final Reservations reservations;
  private final Clock clock;

  Accounts(Reservations reservations, Clock clock) {
    this.reservations = reservations;
    this.clock = clock;
  }

  @Override
  public void prepare() {
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
    if (!reservations.take(name, account.id, this::hasIt)) {
      throw new Refusal(ErrorCode.CONFLICT, "This username is taken.");
    }
    if (!reservations.take(address(email), account.id, this::hasIt)) {
      reservations.free(name, account.id);
      throw new Refusal(ErrorCode.CONFLICT, "This e-mail address is taken.");
    }
    mongoCollection().insertOne(account);
    return account;
  }

  /// The account with this address, whatever its case.
  public Optional<AccountDocument> withEmail(String email) {
    // as much work for one that nobody has
    return findByIdOptional(reservations.holder(address(email)).orElse(""));
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

  /// Gives it another name.
  ///
  /// @throws Refusal `CONFLICT` when somebody else has it, whatever its case
  public void rename(AccountDocument account, String username) {
    String name = username.toLowerCase(Locale.ROOT);
    String taken = "name:" + name;
    if (!reservations.take(taken, account.id, this::hasIt)) {
      throw new Refusal(ErrorCode.CONFLICT, "This username is taken.");
    }
    boolean done =
        mongoCollection()
                .updateOne(
                    new Document("_id", account.id).append("name", account.name),
                    combine(set("username", username), set("name", name)))
                .getMatchedCount()
            == 1;
    if (!done) {
      if (!hasIt(account.id, taken)) {
        reservations.free(taken, account.id);
      }
      throw new Refusal(ErrorCode.CONFLICT, "The username was changed elsewhere just now.");
    }
    if (!name.equals(account.name)) {
      reservations.free("name:" + account.name, account.id);
    }
  }

  /// @param avatar a file's id, or null for none
  public void showAs(String id, @Nullable String avatar) {
    mongoCollection().updateOne(eq("_id", id), set("avatar", avatar));
  }

  /// Changes the password, unless somebody else did so first.
  ///
  /// @return whether it was still the one that was checked
  public boolean changePassword(AccountDocument account, String passwordHash) {
    return mongoCollection()
            .updateOne(
                new Document("_id", account.id).append("passwordHash", account.passwordHash),
                set("passwordHash", passwordHash))
            .getMatchedCount()
        == 1;
  }

  /// Removes all of it. Doing so again does no harm, and finishes what was begun.
  public void remove(String id, String name, String email) {
    deleteById(id);
    reservations.free("name:" + name, id);
    reservations.free(address(email), id);
  }

  /// Whether that account has what is reserved.
  private boolean hasIt(String accountId, String reservation) {
    return findByIdOptional(accountId)
        .filter(account ->
            reservation.equals("name:" + account.name)
                || reservation.equals(address(account.email)))
        .isPresent();
  }

  private static Bson namedLike(String beginning) {
    String from = beginning.toLowerCase(Locale.ROOT);
    return and(gte("name", from), lt("name", from + AFTER_ALL_NAMES));
  }

  private static String address(String email) {
    return "email:" + email.toLowerCase(Locale.ROOT);
  }
}
