package io.chatterbox.gateway.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatterbox.bus.Json;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.PresenceCommand.Person;
import io.chatterbox.gateway.fanout.Session.Place;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StayTest {
  private static final Key TALK = Key.conversation("talk");
  private static final Key ROOM = Key.room("general");

  private final Map<Key, Told> told = new HashMap<>();
  private long unknown;

  private final Stay.Heard heard =
      new Stay.Heard() {
        @Override
        public boolean knows(Key key, long number) {
          return number >= unknown;
        }

        @Override
        public Position heard(Key key, long number, long until, Position otherwise) {
          return told.getOrDefault(key, new Told()).heard(number, until, otherwise);
        }
      };

  private static Stay stay(Stay.Kept... kept) {
    return new Stay(
        new Person("u1", "ann"),
        "socket",
        "pid",
        100,
        100,
        200,
        "b.7",
        100,
        new Session.Late("s1", Instant.parse("2030-01-01T00:00:00Z")),
        List.of(kept));
  }

  private static Stay.Kept kept(Key key, long last, List<Span> spans, Told.Change... own) {
    Position begun = Position.at(0);
    return new Stay.Kept(key, begun, Position.at(last), last, spans, List.of(own), List.of());
  }

  private List<Place> places(Stay stay, long number) {
    return stay.at(number, "a." + number, heard).orElseThrow().places();
  }

  @Test
  void aQuietSessionGoesOnWhereEverythingWas() {
    assertThat(places(stay(kept(TALK, 12, List.of(Span.takingPart(0)))), 100))
        .containsExactly(new Place(TALK, 12, 0, 12, List.of(Span.takingPart(0))));
  }

  @Test
  void whatWasToldAfterTheNumberIsMissed() {
    told.computeIfAbsent(TALK, _ -> new Told()).add(101, 11, 1);
    told.get(TALK).add(103, 12, 1);
    List<Span> spans = List.of(Span.takingPart(0));
    assertThat(places(stay(kept(TALK, 12, spans)), 101))
        .containsExactly(new Place(TALK, 11, 0, 12, spans));
    assertThat(places(stay(kept(TALK, 12, spans)), 102))
        .containsExactly(new Place(TALK, 11, 0, 12, spans));
    assertThat(places(stay(kept(TALK, 12, spans)), 103))
        .containsExactly(new Place(TALK, 12, 0, 12, spans));
  }

  @Test
  void whatWasToldAfterItWasCutIsNotItsOwn() {
    // somebody else came back, further behind, when nobody heard it any more
    told.computeIfAbsent(TALK, _ -> new Told()).add(201, 5, 1);
    assertThat(places(stay(kept(TALK, 12, List.of(Span.takingPart(0)))), 150))
        .containsExactly(new Place(TALK, 12, 0, 12, List.of(Span.takingPart(0))));
  }

  @Test
  void whatWasToldToThisOneAloneIsMissedToo() {
    told.computeIfAbsent(TALK, _ -> new Told()).add(101, 12, 1);
    List<Span> spans = List.of(Span.joined(9, 10));
    Told.Change late = new Told.Change(105, 11, 1);
    Told.Change later = new Told.Change(106, 12, 1);
    assertThat(places(stay(kept(TALK, 12, spans, late, later)), 104))
        .containsExactly(new Place(TALK, 10, 0, 12, spans));
    assertThat(places(stay(kept(TALK, 12, spans, late, later)), 105))
        .containsExactly(new Place(TALK, 11, 0, 12, spans));
  }

  @Test
  void whatWasHeardBeforeItCameBackIsNotToldAgain() {
    List<Span> spans = List.of(Span.takingPart(0));
    // two of its three events had been heard; the third was told under 107
    Told.Change rest = new Told.Change(105, 11, 3);
    Stay stay =
        stay(
            new Stay.Kept(
                TALK,
                new Position(10, 2),
                Position.at(12),
                12,
                spans,
                List.of(rest, new Told.Change(108, 12, 1)),
                List.of()));
    assertThat(places(stay, 100)).containsExactly(new Place(TALK, 10, 2, 12, spans));
    assertThat(places(stay, 107)).containsExactly(new Place(TALK, 11, 0, 12, spans));
  }

  @Test
  void whatCameBeforeItWasHeardIsNotRead() {
    told.computeIfAbsent(ROOM, _ -> new Told()).add(101, 5, 1);
    List<Span> spans = List.of(Span.joined(20, 20));
    assertThat(places(stay(kept(ROOM, 25, spans)), 100))
        .containsExactly(new Place(ROOM, 20, 0, 25, spans));
  }

  @Test
  void whatIsOverAndWasHeardIsLeftOut() {
    List<Span> spans = List.of(Span.takingPart(0).endingAt(8));
    assertThat(places(stay(kept(TALK, 12, spans)), 100)).isEmpty();
    told.computeIfAbsent(TALK, _ -> new Told()).add(101, 8, 1);
    assertThat(places(stay(kept(TALK, 12, spans)), 100))
        .containsExactly(new Place(TALK, 7, 0, 12, spans));
  }

  @Test
  void whatIsNotKnownAnyMoreIsNotGuessed() {
    unknown = 101;
    assertThat(stay(kept(TALK, 12, List.of(Span.takingPart(0)))).at(100, "a.100", heard)).isEmpty();
  }

  @Test
  void isHisWhoHasItsUsersTokenOrOnceBroughtOneLate() {
    assertThat(stay().isHis("u1")).isTrue();
    assertThat(stay().isHis("u2")).isFalse();
    assertThat(stay().isHis(null)).isTrue();
    Stay early = new Stay(new Person("u1", "ann"), "s", "p", 0, 0, 0, "", 0, null, List.of());
    assertThat(early.isHis(null)).isFalse();
  }

  @Test
  void isReadAsItWasWritten() {
    Json json = new Json();
    Stay stay =
        stay(
            kept(
                TALK,
                12,
                List.of(Span.takingPart(0), Span.joined(3, 4)),
                new Told.Change(1, 2, 3)));
    assertThat(json.read(json.write(stay), Stay.class)).isEqualTo(stay);
    Session session = stay.at(100, "a.100", heard).orElseThrow();
    assertThat(json.read(json.write(session), Session.class)).isEqualTo(session);
  }
}
