package io.chatterbox.gateway.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatterbox.gateway.authority.Token;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OperatorsTest {

  @Test
  void nobodyIsOneByDefault() {
    Operators operators = new Operators(Set.of());
    assertThat(operators.exist()).isFalse();
    assertThat(operators.include(token("u1", "alice"))).isFalse();
  }

  @Test
  void namesCountWithoutRegardToCase() {
    Operators operators = new Operators(Set.of(" Alice "));
    assertThat(operators.exist()).isTrue();
    assertThat(operators.include(token("u1", "aLICE"))).isTrue();
    assertThat(operators.include(token("u1", "alice2"))).isFalse();
  }

  @Test
  void anIdIsNeverTakenForAName() {
    Operators operators = new Operators(Set.of("id:u1"));
    assertThat(operators.include(token("u1", "anybody"))).isTrue();
    assertThat(operators.include(token("u2", "u1"))).isFalse();
    assertThat(new Operators(Set.of("u1")).include(token("u1", "anybody"))).isFalse();
  }

  private static Token token(String userId, String username) {
    return new Token(userId, username, "s1", Instant.MAX);
  }
}
