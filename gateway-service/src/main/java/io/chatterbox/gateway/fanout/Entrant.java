package io.chatterbox.gateway.fanout;

import io.chatterbox.contract.ClientEvent;
import io.chatterbox.contract.Hint;

/// Someone on his way into a feed: he hears everything above a `rev` of his own, then joins the
/// rest. Which that is may turn out later, with the answer to his join.
abstract sealed class Entrant {
  private static final long OPEN = -1;

  private long position = OPEN;

  /// A socket that asked to join.
  static final class OfSocket extends Entrant {
    private final Feed feed;
    private final Member member;
    private final Runnable done;

    /// Whether the join was refused: then it only hears what it was not notified of meanwhile.
    private boolean refused;

    OfSocket(Feed feed, Member member, Runnable done) {
      this.feed = feed;
      this.member = member;
      this.done = done;
    }

    void refuse() {
      refused = true;
      member.feeds().remove(feed);
    }

    @Override
    String userId() {
      return member.userId();
    }

    @Override
    void hear(ClientEvent event, Outlet outlet) {
      if (refused) {
        outlet.catchUpUnjoined(feed.key(), member, event);
      } else {
        outlet.catchUp(feed.key(), member, event);
      }
    }

    @Override
    void admit() {
      member.socket().leave(Rooms.joining(feed.key()));
      if (!refused) {
        feed.join(member);
      }
      done.run();
    }

    @Override
    void end() {
      member.socket().leave(Rooms.joining(feed.key()));
      member.feeds().remove(feed);
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
