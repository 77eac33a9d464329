package io.chatterbox.gateway.fanout;

import io.chatterbox.contract.ClientEvent;
import io.chatterbox.contract.Hint;

/// Someone on his way into a feed: he hears everything above a `rev` of his own, then joins the
/// rest. Which that is may turn out later, with the answer to his join.
abstract sealed class Entrant {
  private static final long OPEN = -1;

  private long position = OPEN;

  /// A socket that asked to join. One that is in already goes on hearing, and is answered when it
  /// has heard all that the answer knows; a removal that comes up to there takes it out first.
  static final class OfSocket extends Entrant {
    private final Feed feed;
    private final Member member;
    private final Runnable done;
    private Runnable answer = () -> {};

    /// Whether the join was refused: then it only hears what it was not notified of meanwhile.
    private boolean refused;

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
      member.feeds().add(feed);
      member.socket().join(Rooms.joining(feed.key()));
    }

    void refuse() {
      refused = true;
      member.feeds().remove(feed);
    }

    /// What to do before it hears anything that came after the answer.
    void answerWith(Runnable task) {
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
      boolean isIn = feed.audience().hasJoined(member) && feed.rev() >= position();
      if (isIn) {
        answered();
      }
      return isIn;
    }

    @Override
    void hear(ClientEvent event, Outlet outlet) {
      answered();
      if (refused) {
        outlet.catchUpUnjoined(feed.key(), member, event);
      } else {
        outlet.catchUp(feed.key(), member, event);
      }
    }

    @Override
    void admit() {
      answered();
      member.socket().leave(Rooms.joining(feed.key()));
      if (!refused && !member.isGone()) {
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
    void hear(ClientEvent event, Outlet outlet) {
      outlet.catchUp(feed.key(), userId, event);
    }

    @Override
    boolean isIn() {
      return feed.audience().locals().contains(userId);
    }

    @Override
    void admit() {
      if (locals.follow(userId, feed)) {
        feed.audience().addLocal(userId);
      }
    }

    @Override
    void end() {
      // never was in
    }
  }

  abstract String userId();

  /// Whether it is this socket.
  boolean isOf(Member socket) {
    return false;
  }

  /// Whether he came in by another way meanwhile.
  boolean isIn() {
    return false;
  }

  /// Hears an event that he missed.
  abstract void hear(ClientEvent event, Outlet outlet);

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
  boolean hear(Hint.Change change, Outlet outlet) {
    change.events().forEach(event -> hear(event, outlet));
    position = change.rev();
    return change.memberships().stream()
        .noneMatch(membership -> !membership.added() && membership.userId().equals(userId()));
  }
}
