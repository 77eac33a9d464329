package io.chatterbox.gateway.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatterbox.contract.Key;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CirclesTest {
  private static final Key PAIR = Key.conversation("pair");
  private static final Key TECH = Key.room("tech");

  private final Set<String> ofInterest = new HashSet<>();
  private final Circles circles =
      new Circles(
          new Circles.Interest() {
            @Override
            public void began(String userId) {
              assertThat(ofInterest.add(userId)).isTrue();
            }

            @Override
            public void ended(String userId) {
              assertThat(ofInterest.remove(userId)).isTrue();
            }
          });

  @Test
  void everybodyInACircleOfSomebodyHereIsOfInterest() {
    circles.arrived("ann");
    circles.open(PAIR, List.of("ann", "bob"));
    assertThat(ofInterest).containsExactlyInAnyOrder("ann", "bob");
    circles.close(PAIR);
    assertThat(ofInterest).containsExactly("ann");
    circles.departed("ann");
    assertThat(ofInterest).isEmpty();
  }

  @Test
  void whoSharesTwoCirclesIsOfInterestUntilTheLastCloses() {
    circles.open(PAIR, List.of("ann", "bob"));
    circles.open(TECH, List.of("bob"));
    circles.close(PAIR);
    assertThat(ofInterest).containsExactly("bob");
    circles.remove(TECH, "bob");
    assertThat(ofInterest).isEmpty();
  }

  @Test
  void tellsThoseHereWhoShareACircleEachOnceAndNeverHimself() {
    circles.open(PAIR, List.of("ann", "bob"));
    circles.addLocal(PAIR, "ann");
    circles.open(TECH, List.of("ann", "bob", "cay", "dan"));
    circles.addLocal(TECH, "ann");
    circles.addLocal(TECH, "bob");
    circles.addLocal(TECH, "cay");
    assertThat(circles.audience("bob", false)).containsExactlyInAnyOrder("ann", "cay");
    assertThat(circles.audience("dan", false)).containsExactlyInAnyOrder("ann", "bob", "cay");
    assertThat(circles.audience("eve", false)).isEmpty();
  }

  @Test
  void whoLeftIsNotToldOfAndWhoIsNotHereIsNotTold() {
    circles.open(TECH, List.of("ann", "bob"));
    circles.addLocal(TECH, "ann");
    circles.removeLocal(TECH, "ann");
    assertThat(circles.audience("bob", false)).isEmpty();
    circles.addLocal(TECH, "ann");
    circles.remove(TECH, "bob");
    assertThat(circles.audience("bob", true)).isEmpty();
  }

  @Test
  void thoseLeftInARoomHearThatWhoWasCutGoesOffline() {
    circles.open(TECH, List.of("ann", "bob"));
    circles.addLocal(TECH, "ann");
    circles.fade(TECH, "bob");
    assertThat(circles.audience("bob", true)).containsExactly("ann");
    assertThat(circles.audience("bob", false)).isEmpty();
    circles.fadeOut(TECH, "bob");
    assertThat(ofInterest).containsExactly("ann");
  }

  @Test
  void whoComesBackDoesNotFadeOut() {
    circles.open(TECH, List.of("ann", "bob"));
    circles.addLocal(TECH, "ann");
    circles.fade(TECH, "bob");
    circles.add(TECH, "bob");
    circles.fadeOut(TECH, "bob");
    assertThat(circles.audience("bob", false)).containsExactly("ann");
  }
}
