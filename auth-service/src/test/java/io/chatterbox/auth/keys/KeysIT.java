package io.chatterbox.auth.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatterbox.auth.Calls;
import io.chatterbox.auth.MovableClock;
import io.chatterbox.auth.OtherServices;
import io.chatterbox.testkit.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.inject.Inject;
import java.security.KeyFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stores.class)
@QuarkusTestResource(OtherServices.class)
class KeysIT extends Calls {
  @Inject SigningKeys keys;
  @Inject JWTParser parser;

  @AfterEach
  void now() {
    MovableClock.ahead(Duration.ZERO);
  }

  @Test
  void turnsKeysWithoutSigningAnybodyOut() throws ParseException {
    String before = someone().path("data.accessToken");
    String old = keys.current().id();
    Duration life = Duration.ofDays(30).plusSeconds(1);
    MovableClock.ahead(life);
    keys.turn();
    // known to all before it signs
    assertThat(published()).hasSize(2).startsWith(old);
    assertThat(keys.current().id()).isEqualTo(old);
    MovableClock.ahead(life.plusMinutes(6));
    assertThat(keys.current().id()).isEqualTo(published().getLast()).isNotEqualTo(old);
    parser.parse(before);
    MovableClock.ahead(life.plusMinutes(5 + 15 + 2));
    keys.turn();
    assertThat(published()).hasSize(1).doesNotContain(old);
  }

  @Test
  void theDatabaseHoldsNoKeyThatCanBeRead() {
    keys.current();
    for (KeyDocument document : keys.listAll()) {
      Assertions.assertThatThrownBy(() ->
              KeyFactory.getInstance("EC")
                  .generatePrivate(new PKCS8EncodedKeySpec(document.privateKey)))
          .isInstanceOf(InvalidKeySpecException.class);
    }
  }

  private List<String> published() {
    return keys.published().stream().map(SigningKeys.Jwk::kid).toList();
  }
}
