package io.chatterbox.gateway.fanout;

import io.chatterbox.contract.ClientEvent;
import io.chatterbox.contract.Hint;

/// Someone on his way into a feed: he hears everything above a `rev` of his own, then joins the
/// rest. Which that is may turn out later, with the answer to his join.
abstract sealed class Entrant permits Entrant.OfSocket, Entrant.OfUser, Returner {
  private static final long OPEN = -1;

  private long position = OPEN;

  /// A socket that asked to join. One that is in already goes on hearing, and is answered when it
  /// has heard all that the answer knows; a removal that comes up to there takes it out first. What
  /// it heard of messages above the answer comes once more after it, for the answer shows them as
  /// they were before.
  static final class OfSocket extends Entrant {
    private final Feed feed;
    private final Member member;
    private final Runnable done;
    private Runnable answer = () -> {};
    private long begins = OPEN;

    /// Whether the join was refused: then it only hears what it was not notified of meanwhile.
    private boolean refused;

    /// Whether it was in when its answer came.
    private boolean renews;

    OfSocket(Feed feed, Member member, Runnable done) {
      this.feed = feed;
      this.member = member;
      this.done = done;
    }

    Member member() {
      return member;
    }

    /// Is not notified of what the answer will hold.
    void begin() {
      begins = begins == OPEN ? feed.rev() : begins;
      member.feeds().add(feed);
      member.socket().join(Rooms.joining(feed.key()));
    }

    void refuse() {
      refused = true;
      // the numbers of what it hears late do not tell how far it is
      member.hearing().begin(feed.numbers().last());
      member.feeds().remove(feed);
    }

    @Override
    void from(long rev) {
      if (!refused && !feed.audience().hasJoined(member)) {
        member.hearing().open(feed.key(), Span.joined(begins == OPEN ? rev : begins, rev));
      }
      super.from(rev);
    }

    /// It is in already.
    ///
    /// @param task what to do before it hears anything that came after the answer
    void renew(Runnable task) {
      renews = true;
      answer = task;
    }

    private void answered() {
      Runnable once = answer;
      answer = () -> {};
      once.run();
    }

    @Override
    String userId() {
      return member.userId();
    }

    @Override
    boolean isOf(Member other) {
      return member.equals(other);
    }

    @Override
    boolean isIn() {
      if (!feed.audience().hasJoined(member) || feed.rev() < position()) {
        return false;
      }
      answered();
      return !renews || feed.rev() == position();
    }

    @Override
    void hear(Hint.Change change, Outlet outlet) {
      answered();
      if (renews) {
        change.events().forEach(event -> outlet.repeat(feed.key(), member, event));
        return;
      }
      long number = feed.numbers().next(change.events().size());
      member.hearing().told(feed.key(), number, change.rev(), change.events().size());
      for (ClientEvent event : change.events()) {
        byte[] json = feed.numbers().json(number++);
        if (refused) {
          outlet.catchUpUnjoined(feed.key(), member, event, json);
        } else {
          outlet.catchUp(feed.key(), member, event, json);
        }
      }
    }

    @Override
    void admit() {
      answered();
      member.socket().leave(Rooms.joining(feed.key()));
      if (!refused && !member.isGone() && !feed.audience().hasJoined(member)) {
        member.feeds().add(feed);
        feed.join(member);
      }
      done.run();
    }

    @Override
    void end() {
      answered();
      member.socket().leave(Rooms.joining(feed.key()));
      if (!feed.audience().hasJoined(member)) {
        member.feeds().remove(feed);
        member.hearing().close(feed.key(), Math.max(0, position()), feed.numbers().last());
      }
      done.run();
    }
  }

  /// A user who takes part, joined or not.
  static final class OfUser extends Entrant {
    private final Feed feed;
    private final Locals locals;
    private final String userId;

    OfUser(Feed feed, Locals locals, String userId) {
      this.feed = feed;
      this.locals = locals;
      this.userId = userId;
    }

    @Override
    String userId() {
      return userId;
    }

    @Override
    void hear(Hint.Change change, Outlet outlet) {
      int events = change.events().size();
      long number = feed.numbers().next(events);
      locals
          .find(userId)
          .ifPresent(user -> user.hearing().told(feed.key(), number, change.rev(), events));
      for (int i = 0; i < events; i++) {
        outlet.catchUp(feed.key(), userId, change.events().get(i), feed.numbers().json(number + i));
      }
    }

    @Override
    boolean isOfUser(String other) {
      return userId.equals(other);
    }

    @Override
    boolean isIn() {
      return feed.audience().locals().contains(userId);
    }

    @Override
    void admit() {
      if (locals.follow(userId, feed, position())) {
        feed.audience().addLocal(userId);
      }
    }

    @Override
    void end() {
      locals.unfollow(userId, feed.key(), position(), feed.numbers().last());
    }
  }

  abstract String userId();

  /// Whether it is this socket.
  boolean isOf(Member socket) {
    return false;
  }

  /// Whether it is this user, joined or not.
  boolean isOfUser(String other) {
    return false;
  }

  /// Whether he has not to come in yet although he has heard everything.
  boolean isHeld() {
    return false;
  }

  /// Whether he came in by another way meanwhile.
  boolean isIn() {
    return false;
  }

  /// Hears a change that he missed.
  abstract void hear(Hint.Change change, Outlet outlet);

  /// He has heard everything up to now.
  abstract void admit();

  /// He does not get in.
  abstract void end();

  /// He is to hear everything above this.
  void from(long rev) {
    position = rev;
  }

  boolean isOpen() {
    return position == OPEN;
  }

  /// The last `rev` that he heard.
  long position() {
    return position;
  }

  /// Hears the next change.
  ///
  /// @return false when it took him out
  final boolean next(Hint.Change change, Outlet outlet) {
    hear(change, outlet);
    position = change.rev();
    return isHeld()
        || change.memberships().stream()
            .noneMatch(membership -> !membership.added() && membership.userId().equals(userId()));
  }
}
