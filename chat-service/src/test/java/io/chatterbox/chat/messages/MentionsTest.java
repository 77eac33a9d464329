package io.chatterbox.chat.messages;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatterbox.chat.conversations.Participant;
import io.chatterbox.chat.conversations.Participants;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MentionsTest {
  private final Participants participants = participants("ann", "anna", "Ben.j", "c-3_po");

  @Test
  void findsNamesWithoutCase() {
    assertThat(Mentions.in("hi @ANNA and @ben.J!", participants)).containsExactly("anna", "Ben.j");
  }

  @Test
  void takesTheLongestName() {
    assertThat(Mentions.in("@anna", participants)).containsExactly("anna");
    assertThat(Mentions.in("@annabel", participants)).containsExactly("anna");
    assertThat(Mentions.in("@ann-a", participants)).containsExactly("ann");
  }

  @Test
  void namesEachOnce() {
    assertThat(Mentions.in("@ann @ann @Ann", participants)).containsExactly("ann");
  }

  @Test
  void endsANameWhereTheSentenceGoesOn() {
    assertThat(Mentions.in("ask @c-3_po.", participants)).containsExactly("c-3_po");
    assertThat(Mentions.in("@@ann", participants)).containsExactly("ann");
  }

  @Test
  void findsNobodyWhereNobodyIsNamed() {
    assertThat(Mentions.in("@", participants)).isEmpty();
    assertThat(Mentions.in("ann@", participants)).isEmpty();
    assertThat(Mentions.in("@zoe @ ann", participants)).isEmpty();
    assertThat(Mentions.in("@@@@", participants)).isEmpty();
  }

  private static Participants participants(String... names) {
    List<Participant> all =
        Arrays.stream(names)
            .map(name -> new Participant(name, name, null, "member", Instant.EPOCH, "ann", false))
            .toList();
    return new Participants(1, all);
  }
}
