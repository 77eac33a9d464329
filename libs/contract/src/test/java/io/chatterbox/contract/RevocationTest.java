package io.chatterbox.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RevocationTest {
  @Test
  void isReadAsItWasWritten() {
    Revocation revocation = new Revocation(Revocation.ofSession("a:b"), 17);
    assertThat(Revocation.parse(revocation.text())).isEqualTo(revocation);
    assertThat(Revocation.ofSession("x")).isNotEqualTo(Revocation.ofUser("x"));
  }

  @Test
  void refusesWhatIsNone() {
    for (String text : new String[] {"", ":", "x", ":session:x", "x:session:x"}) {
      assertThatThrownBy(() -> Revocation.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
