package io.chatterbox.gateway.fanout;

import io.chatterbox.contract.Hint;
import io.chatterbox.contract.Key;
import io.chatterbox.engineio.Delivery;
import io.chatterbox.engineio.Frame;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A session on its way back. First everything that it missed is gathered, while its client waits
/// for the answer to CONNECT; then what comes meanwhile goes to its new socket alone, until it
/// hears everything like any other. Only on the hub.
public final class Comeback {
  private static final long LOOK_MILLIS = 100;

  private final Session session;
  private final Parts parts;
  private final Consumer<Comeback> onOver;
  private final Map<Key, Returner> returners = new HashMap<>();
  private final Hearing hearing = new Hearing();
  private final List<Frame> missed = new ArrayList<>();
  private final List<Future<Void>> confirmations = new ArrayList<>();

  private final long startedAt;
  private Stage stage = Stage.GATHERING;
  private Consumer<Boolean> outcome = _ -> {};
  private Runnable ready = () -> {};
  private @Nullable Member member;
  private Hub.@Nullable Timer limit;
  private int missedBytes;
  private boolean aimed;
  private boolean looking;

  private enum Stage {
    GATHERING,
    ANSWERED,
    BOUND,
    OVER
  }

  /// What comebacks share.
  record Parts(FeedTools tools, Feeds feeds, HeadCheck headCheck, Limits limits) {}

  /// @param patience in milliseconds, of each stage
  /// @param missedBytes of the frames that wait
  /// @param keys that are heard
  record Limits(long patience, int missedBytes, int keys) {}

  /// @param onOver told once, when it is back or will not be
  Comeback(Session session, Parts parts, Consumer<Comeback> onOver) {
    this.session = session;
    this.parts = parts;
    this.onOver = onOver;
    this.startedAt = parts.tools().numbers().last();
    hearing.begin(startedAt);
  }

  public Session session() {
    return session;
  }

  String userId() {
    return session.person().userId();
  }

  /// The last number before its own.
  long startedAt() {
    return startedAt;
  }

  Hearing hearing() {
    return hearing;
  }

  Key own() {
    return Key.user(userId());
  }

  boolean isOver() {
    return stage == Stage.OVER;
  }

  // ---- what was missed

  /// Gathers what was missed.
  ///
  /// @param whole called once, with whether it could be
  void begin(Consumer<Boolean> whole) {
    outcome = whole;
    limit = parts.tools().hub().after(parts.limits().patience(), () -> over());
    session.places().forEach(this::add);
    confirmed();
  }

  private void add(Session.Place place) {
    if (stage == Stage.OVER || returners.size() >= parts.limits().keys()) {
      parts.tools().hub().execute(this::over);
      return;
    }
    Feed feed = parts.feeds().open(place.key());
    Returner returner = new Returner(this, feed, place);
    returners.put(place.key(), returner);
    confirmations.add(parts.feeds().confirmed(feed));
    feed.expect(returner);
    feed.start(place.rev());
    feed.enter(returner, place.rev());
  }

  /// He came into a conversation meanwhile.
  void follow(Hint.Follow follow) {
    Key key = Key.conversation(follow.conversationId());
    if (stage != Stage.OVER && !returners.containsKey(key)) {
      add(
          new Session.Place(
              key, follow.rev(), 0, follow.rev(), List.of(Span.takingPart(follow.rev()))));
      if (aimed) {
        aimed = false;
        confirmed();
      }
    }
  }

  private void confirmed() {
    Future.all(List.copyOf(confirmations))
        .onComplete(all ->
            parts
                .tools()
                .hub()
                .execute(() -> {
                  if (all.failed()) {
                    over();
                  } else if (stage != Stage.OVER) {
                    check();
                  }
                }));
  }

  /// What was published before the subscription was heard by nobody.
  private void check() {
    List<Feed> unsure =
        returners.values().stream().map(Returner::feed).filter(feed -> !feed.isSure()).toList();
    parts
        .headCheck()
        .check(
            unsure,
            isKnown -> {
              if (!isKnown) {
                over();
                return;
              }
              returners.values().forEach(Returner::aim);
              aimed = true;
              progress();
            });
  }

  /// Numbers what is told to this session alone.
  long number(Key key, long rev, int events) {
    long number = parts.tools().numbers().next(events);
    hearing.told(key, number, rev, events);
    return number;
  }

  void tell(Frame frame) {
    if (member != null) {
      member.socket().emit(frame, Delivery.MESSAGE);
      return;
    }
    missed.add(frame);
    missedBytes += frame.bytes();
    if (missedBytes > parts.limits().missedBytes()) {
      parts.tools().hub().execute(this::over);
    }
  }

  /// Something was heard: looks soon whether that is all.
  void progress() {
    if (!looking && stage != Stage.OVER) {
      looking = true;
      parts
          .tools()
          .hub()
          .execute(() -> {
            looking = false;
            look();
          });
    }
  }

  private void look() {
    if (stage == Stage.GATHERING
        && aimed
        && returners.values().stream().allMatch(Returner::isThere)) {
      stage = Stage.ANSWERED;
      again();
      Consumer<Boolean> once = outcome;
      outcome = _ -> {};
      once.accept(true);
    } else if (stage == Stage.BOUND) {
      settle();
    }
  }

  /// The frames that were missed until now; those that come later go after them.
  public List<Frame> takeMissed() {
    List<Frame> taken = List.copyOf(missed);
    missed.clear();
    missedBytes = 0;
    return taken;
  }

  /// The keys that it has joined.
  public Set<Key> joined() {
    return returners.values().stream()
        .filter(returner -> returner.hears() == Span.Hears.JOINED)
        .map(returner -> returner.feed().key())
        .collect(Collectors.toSet());
  }

  // ---- the new socket

  /// The client is connected again: what it missed since goes to its socket.
  ///
  /// @param onReady run once, when its user's subscriptions are made or take too long
  void bind(Member socket, Locals.User user, Runnable onReady) {
    if (stage != Stage.ANSWERED) {
      // took too long: the client must not believe that it has heard everything
      socket.socket().close();
      return;
    }
    stage = Stage.BOUND;
    member = socket;
    socket.comingBack(this, hearing);
    socket.resumedAt(session.offset(), startedAt);
    takeMissed().forEach(this::tell);
    ready = onReady;
    user.whenFollowed(this::progress);
    again();
  }

  private void ready() {
    Runnable once = ready;
    ready = () -> {};
    once.run();
  }

  /// Hears everything like any other, once it has heard as much.
  private void settle() {
    Member socket = member;
    boolean isFollowed =
        parts.tools().locals().find(userId()).map(Locals.User::isFollowed).orElse(false);
    if (socket == null
        || !isFollowed
        || !aimed
        || !returners.values().stream().allMatch(Returner::isLevel)) {
      if (stage == Stage.BOUND) {
        // what it waits for is not its own: an entrance of its user, or a change on its way
        parts.tools().hub().after(LOOK_MILLIS, this::progress);
      }
      return;
    }
    socket.socket().join(Rooms.user(userId()));
    for (Returner returner : returners.values()) {
      if (returner.hears() == Span.Hears.JOINED) {
        socket.feeds().add(returner.feed());
        returner.feed().join(socket);
      }
      hearing.know(returner.feed().key(), returner.spans());
    }
    ready();
    over();
  }

  /// The stage has a limit of its own.
  private void again() {
    if (limit != null) {
      limit.cancel();
    }
    limit =
        parts
            .tools()
            .hub()
            .after(
                parts.limits().patience(),
                () -> {
                  if (stage == Stage.BOUND) {
                    // it hears everything, only by itself
                    ready();
                  } else {
                    over();
                  }
                });
  }

  /// It is back, or will not be.
  void over() {
    if (stage == Stage.OVER) {
      return;
    }
    stage = Stage.OVER;
    if (limit != null) {
      limit.cancel();
    }
    if (member != null) {
      member.isBack();
    }
    returners.values().forEach(returner -> returner.feed().dismiss(returner));
    returners.clear();
    missed.clear();
    outcome.accept(false);
    onOver.accept(this);
  }

  // ---- cut once more

  /// What it has heard of each key, and of those alone.
  List<Stay.Kept> kept() {
    return returners.values().stream()
        .map(returner ->
            new Stay.Kept(
                returner.feed().key(),
                returner.position(),
                returner.spans(),
                List.of(hearing.told(returner.feed().key(), hearing.since()))))
        .toList();
  }
}
