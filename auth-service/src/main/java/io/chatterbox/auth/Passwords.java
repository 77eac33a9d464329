package io.chatterbox.auth;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Refusal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// Argon2id (RFC 9106) with bounded memory: so many hashes at a time, so many waiting, and a
/// refusal for the rest.
@Singleton
public final class Passwords {
  private static final int HASH_BYTES = 32;
  private static final int SALT_BYTES = 16;
  private static final long RETRY_AFTER_MS = 1000;

  private final Argon2Function function;
  private final Semaphore running;
  private final Semaphore admitted;
  private final String nobodys;
  private final Counter hashes;

  Passwords(AuthConfig config, MeterRegistry meters) {
    hashes = meters.counter("chatterbox.auth.password.hashes");
    AuthConfig.Password factors = config.password();
    function =
        Argon2Function.getInstance(
            factors.memoryKib(),
            factors.iterations(),
            factors.parallelism(),
            HASH_BYTES,
            Argon2.ID);
    running = new Semaphore(factors.running(), true);
    admitted = new Semaphore(factors.running() + factors.waiting());
    nobodys = hash("the password of nobody");
  }

  /// The hash to be stored, with its salt and work factors (PHC string).
  ///
  /// @throws Refusal `RATE_LIMITED` when too many are at it
  public String hash(String password) {
    return inTurn(
        () -> Password.hash(password).addRandomSalt(SALT_BYTES).with(function).getResult());
  }

  /// Whether this is the password.
  ///
  /// @throws Refusal `RATE_LIMITED` when too many are at it
  public boolean matches(String password, String hash) {
    return inTurn(
        () -> Password.check(password, hash).with(Argon2Function.getInstanceFromHash(hash)));
  }

  /// Takes as long as [#matches] and says no, for addresses that nobody has.
  public boolean matchesNobody(String password) {
    matches(password, nobodys);
    return false;
  }

  private <T> T inTurn(Supplier<T> work) {
    if (!admitted.tryAcquire()) {
      throw new Refusal(
          ErrorCode.RATE_LIMITED, "Too many people sign in just now; try again.", RETRY_AFTER_MS);
    }
    try {
      running.acquireUninterruptibly();
      try {
        hashes.increment();
        return work.get();
      } finally {
        running.release();
      }
    } finally {
      admitted.release();
    }
  }
}
