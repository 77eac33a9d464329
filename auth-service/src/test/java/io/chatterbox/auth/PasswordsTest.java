package io.chatterbox.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Refusal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PasswordsTest {
  private static final int STORM = 64;
  private static final int PRIORITY = 200;

  @Test
  void takesSoManyAtATimeAndRefusesTheRestOfAStorm() throws Exception {
    Passwords passwords = passwords(2, 4);
    String hash = passwords.hash("correct horse");
    try (ExecutorService threads = Executors.newFixedThreadPool(STORM)) {
      List<String> outcomes =
          threads
              .invokeAll(
                  IntStream.range(0, STORM)
                      .<Callable<String>>mapToObj(i -> () -> outcome(passwords, hash))
                      .toList())
              .stream()
              .map(Future::resultNow)
              .toList();
      assertThat(outcomes).contains("right").contains(ErrorCode.RATE_LIMITED.name());
      assertThat(outcomes).containsOnly("right", ErrorCode.RATE_LIMITED.name());
    }
    // it is over
    assertThat(passwords.matches("correct horse", hash)).isTrue();
  }

  @Test
  void keepsNoPasswordThatCanBeRead() {
    Passwords passwords = passwords(1, 1);
    String hash = passwords.hash("correct horse");
    assertThat(hash).startsWith("$argon2id$").doesNotContain("correct");
    assertThat(passwords.hash("correct horse")).isNotEqualTo(hash);
    assertThat(passwords.matches("correct horsf", hash)).isFalse();
    assertThat(passwords.matchesNobody("the password of nobody")).isFalse();
  }

  private static String outcome(Passwords passwords, String hash) {
    try {
      return passwords.matches("correct horse", hash) ? "right" : "wrong";
    } catch (Refusal refusal) {
      return refusal.code().name();
    }
  }

  private static Passwords passwords(int running, int waiting) {
    return new Passwords(
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withMapping(AuthConfig.class)
            .withConverter(Duration.class, PRIORITY, new DurationConverter())
            .withDefaultValue("chatterbox.auth.key-encryption-key", "none")
            .withDefaultValue("chatterbox.auth.password.running", Integer.toString(running))
            .withDefaultValue("chatterbox.auth.password.waiting", Integer.toString(waiting))
            .build()
            .getConfigMapping(AuthConfig.class),
        new SimpleMeterRegistry());
  }
}
