package io.chatterbox.gateway.fanout;

import io.chatterbox.contract.Hint;
import io.chatterbox.contract.Key;
import java.util.ArrayList;
import java.util.List;

/// One key of a session that comes back: hears every change after what its client has heard, as the
/// session would have heard it then, until it hears it like everyone else.
final class Returner extends Entrant {
  private final Comeback comeback;
  private final Feed feed;
  private final List<Span> spans;
  private final long known;
  private int skip;

  /// What has to be heard before the client is told that it is back.
  private long goal;

  Returner(Comeback comeback, Feed feed, Session.Place place) {
    this.comeback = comeback;
    this.feed = feed;
    this.spans = new ArrayList<>(place.spans());
    this.known = place.known();
    this.skip = place.skip();
  }

  Feed feed() {
    return feed;
  }

  List<Span> spans() {
    return List.copyOf(spans);
  }

  /// How far it has come.
  Stay.Kept kept(Hearing hearing) {
    return new Stay.Kept(
        feed.key(),
        hearing.begun(feed.key()),
        new Position(position(), skip),
        Math.max(known, position()),
        spans,
        hearing.told(feed.key(), hearing.since()),
        List.of());
  }

  /// What is known of now has to be heard.
  void aim() {
    goal = Math.max(feed.known(), known);
  }

  boolean isThere() {
    return position() >= goal;
  }

  /// Whether it has heard as much as everyone else, who will go on hearing it like this.
  boolean isLevel() {
    return hears() == Span.Hears.NOTHING
        || (feed.isStarted()
            && position() == feed.rev()
            && (feed.key().kind() == Key.Kind.ROOM || feed.audience().locals().contains(userId())));
  }

  /// What it would hear of the next change.
  Span.Hears hears() {
    return Span.at(spans, position() + 1);
  }

  @Override
  String userId() {
    return comeback.userId();
  }

  @Override
  void hear(Hint.Change change, Outlet outlet) {
    int events = change.events().size();
    long number = comeback.number(feed.key(), change.rev(), events);
    Span.Hears hears = Span.at(spans, change.rev());
    for (int i = skip; i < events; i++) {
      Frames.heard(
              feed.key(), userId(), hears, change.events().get(i), feed.numbers().json(number + i))
          .ifPresent(comeback::tell);
    }
    skip = 0;
    if (change.rev() > known) {
      change.memberships().stream()
          .filter(membership -> membership.userId().equals(userId()))
          .forEach(membership -> apply(membership, change.rev()));
    }
    if (change.follow() != null && feed.key().equals(comeback.own())) {
      comeback.follow(change.follow());
    }
    comeback.progress();
  }

  private void apply(Hint.Membership membership, long rev) {
    if (!membership.added()) {
      spans.replaceAll(span -> span.isOpen() ? span.endingAt(rev) : span);
    } else if (spans.stream().noneMatch(Span::isOpen)) {
      spans.add(Span.takingPart(rev));
    }
  }

  @Override
  boolean isHeld() {
    return !comeback.isOver();
  }

  @Override
  boolean isIn() {
    return comeback.isOver();
  }

  @Override
  void admit() {
    // by the comeback, with all its keys at once
  }

  @Override
  void end() {
    // never was in
  }
}
