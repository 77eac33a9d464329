package io.chatterbox.gateway.fanout;

import io.chatterbox.contract.Hint;
import io.chatterbox.contract.Key;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One key's changes and states on their way to those who hear it here. Only on the hub.
///
/// Numbered changes go out once each and in order; holes are filled from the log, with one request
/// at a time. Who comes in while changes pass hears each of them exactly once.
final class Feed {
  private static final int MOST_EMPTY = 5;
  private static final long FIRST_BACKOFF = 250;
  private static final long LONGEST_BACKOFF = 4_000;

  private final Key key;
  private final FeedTools tools;
  private final Consumer<Feed> onUnused;
  private final Sequencer sequencer;
  private final Audience audience;
  private final Arrivals arrivals;

  private Consumer<Hint.Follow> onFollow = _ -> {};
  private Hub.@Nullable Timer repair;
  private boolean fetching;

  /// Whether there may be changes that nobody told of.
  private boolean unsure;

  private int failures;
  private boolean closed;
  private boolean sure;

  /// @param onUnused told when the last listener has gone
  Feed(Key key, FeedTools tools, Consumer<Feed> onUnused) {
    this.key = key;
    this.tools = tools;
    this.onUnused = onUnused;
    this.sequencer = new Sequencer(tools.config().held());
    this.audience = new Audience(key, tools.listeners());
    this.arrivals = new Arrivals(tools.config().backlog());
  }

  Key key() {
    return key;
  }

  Audience audience() {
    return audience;
  }

  boolean isStarted() {
    return sequencer.isStarted();
  }

  long rev() {
    return sequencer.rev();
  }

  /// The last change that is known of, told or not.
  long known() {
    return sequencer.known();
  }

  Numbers numbers() {
    return tools.numbers();
  }

  /// Whether its last change was asked for since it is subscribed.
  boolean isSure() {
    return sure;
  }

  void sure() {
    sure = true;
  }

  /// On a user's own feed: what to do when he comes into a conversation.
  void onFollow(Consumer<Hint.Follow> handler) {
    onFollow = handler;
  }

  // ---- what is heard

  void heard(List<Hint> hints) {
    if (closed) {
      return;
    }
    for (Hint hint : hints) {
      switch (hint) {
        case Hint.Change change -> pass(sequencer.offer(change));
        case Hint.State state -> heard(state);
      }
    }
    settle();
    repairSoon();
  }

  private void heard(Hint.State state) {
    if (isStarted() && state.version() > rev()) {
      sequencer.learn(state.version());
    } else if (isStarted()) {
      tools.tell(key, audience.locals(), state);
    }
  }

  /// There is a change of that number.
  void learn(long rev) {
    sequencer.learn(rev);
    repairSoon();
  }

  /// Begins after this `rev`, unless it has begun.
  void start(long rev) {
    if (!isStarted()) {
      pass(sequencer.start(rev));
      settle();
      repairSoon();
    }
  }

  /// Fetches what may have been missed before the subscription.
  void fetchMissed() {
    unsure = true;
    if (!fetching && !closed) {
      fetch(rev());
    }
  }

  void close() {
    closed = true;
    tools.closed(key);
  }

  private void pass(List<Hint.Change> changes) {
    for (Hint.Change change : changes) {
      tools.tell(key, audience.locals(), change);
      arrivals.remember(change);
      change.memberships().forEach(membership -> apply(membership, change.rev()));
      if (change.follow() != null) {
        onFollow.accept(change.follow());
      }
    }
  }

  /// After the change was told, so that the removed hear of it and the added do not.
  private void apply(Hint.Membership membership, long rev) {
    String userId = membership.userId();
    audience.apply(membership);
    if (membership.added()) {
      if (tools.locals().follow(userId, this, rev)) {
        audience.addLocal(userId);
      }
    } else {
      audience.removeLocal(userId);
      tools.locals().unfollow(userId, key, rev, numbers().last());
      for (Member member : audience.joinedOf(userId)) {
        audience.leave(member, true);
        member.feeds().remove(this);
      }
    }
  }

  // ---- who comes in

  /// A socket hears from now on what everyone else does.
  void join(Member member) {
    audience.join(member);
    tools.joined(key, member);
  }

  /// Lets somebody hear everything above a `rev` that is still to be told ([#enter]).
  void expect(Entrant entrant) {
    arrivals.add(entrant);
  }

  /// From now on it is known what he is to hear.
  void enter(Entrant entrant, long rev) {
    entrant.from(rev);
    settle();
  }

  Arrivals arrivals() {
    return arrivals;
  }

  /// He does not come any more.
  void dismiss(Entrant entrant) {
    arrivals.dismiss(entrant);
    release();
  }

  private void settle() {
    if (isStarted()) {
      switch (arrivals.settle(rev(), tools.outlet())) {
        case Arrivals.Need.Nothing() -> {
          // everyone is in, or waits for an answer
        }
        case Arrivals.Need.After(long position) -> {
          if (!fetching && !closed) {
            fetch(position);
          }
        }
        case Arrivals.Need.UpTo(long position) -> learn(position);
      }
    }
    release();
  }

  /// Ends, if nobody hears it any more.
  void release() {
    if (!closed && audience.isEmpty() && arrivals.isEmpty()) {
      onUnused.accept(this);
    }
  }

  // ---- what is missing

  private void repairSoon() {
    if (sequencer.isBehind() && repair == null && !fetching && !closed) {
      repair =
          tools
              .hub()
              .after(
                  tools.config().repairAfter().toMillis(),
                  () -> {
                    repair = null;
                    if (sequencer.isBehind() && !fetching && !closed) {
                      fetch(rev());
                    }
                  });
    }
  }

  private void fetch(long after) {
    fetching = true;
    tools.log().read(key, after, page -> fetched(after, page));
  }

  private void fetched(long after, Optional<List<Hint.Change>> page) {
    if (closed) {
      return;
    }
    List<Hint.Change> changes = page.orElse(List.of());
    unsure &= page.isEmpty() || changes.size() >= LogReader.PAGE;
    if (changes.isEmpty()) {
      failures++;
      if (page.isPresent() && failures >= MOST_EMPTY) {
        sequencer.forget();
      }
      if (page.isPresent() && !needsMore()) {
        fetching = false;
        failures = 0;
        return;
      }
      tools.hub().after(backoff(), this::fetchAgain);
      return;
    }
    failures = 0;
    fetching = false;
    long before = rev();
    for (Hint.Change change : changes) {
      if (change.rev() <= rev()) {
        arrivals.remember(change);
      }
      pass(sequencer.offer(change));
    }
    if (rev() > before && after == before) {
      tools.metrics().repaired();
    }
    settle();
    if (unsure && !fetching) {
      fetch(rev());
    }
    repairSoon();
  }

  private void fetchAgain() {
    fetching = false;
    settle();
    if ((unsure || sequencer.isBehind()) && !fetching && !closed) {
      fetch(rev());
    }
  }

  private boolean needsMore() {
    return sequencer.isBehind() || arrivals.isAnyoneAwayFrom(rev());
  }

  private long backoff() {
    return Math.min(LONGEST_BACKOFF, FIRST_BACKOFF << Math.min(failures - 1, 10));
  }
}
