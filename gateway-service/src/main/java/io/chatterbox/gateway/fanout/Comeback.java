package io.chatterbox.gateway.fanout;

import io.chatterbox.contract.Hint;
import io.chatterbox.contract.Key;
import io.chatterbox.engineio.Delivery;
import io.chatterbox.engineio.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A session on its way back. First everything that it missed is gathered, while its client waits
/// for the answer to CONNECT; then what comes meanwhile goes to its new socket alone, until it
/// hears everything like any other. Only on the hub.
public final class Comeback {
  private static final long LOOK_MILLIS = 20;

  private final Session session;
  private final ComebackTools tools;
  private final Consumer<Comeback> onOver;
  private final Returners returners = new Returners();
  private final Hearing hearing = new Hearing();
  private final List<Frame> missed = new ArrayList<>();
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

  /// @param onOver told once, when it is back or will not be
  Comeback(Session session, ComebackTools tools, Consumer<Comeback> onOver) {
    this.session = session;
    this.tools = tools;
    this.onOver = onOver;
    this.startedAt = tools.numbers().last();
    hearing.begin(startedAt, session.places());
  }

  public Session session() {
    return session;
  }

  String userId() {
    return session.person().userId();
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
    limit = tools.hub().after(tools.patience(), this::fail);
    session.places().forEach(this::add);
    check();
  }

  private void add(Session.Place place) {
    if (stage == Stage.OVER || returners.size() >= tools.keys()) {
      // later: this may be amid what a feed tells
      tools.hub().execute(this::fail);
      return;
    }
    Feed feed = tools.feeds().open(place.key());
    returners.add(new Returner(this, feed, place), place, tools.feeds().confirmed(feed));
  }

  /// He came into a conversation meanwhile.
  void follow(Hint.Follow follow) {
    Key key = Key.conversation(follow.conversationId());
    if (stage != Stage.OVER && !returners.has(key)) {
      add(Session.Place.from(key, follow.rev()));
      if (aimed) {
        aimed = false;
        check();
      }
    }
  }

  /// What was published before the subscription was heard by nobody.
  private void check() {
    returners
        .subscribed()
        .onComplete(all ->
            tools
                .hub()
                .execute(() -> {
                  if (all.failed()) {
                    fail();
                  } else if (stage != Stage.OVER) {
                    tools.feeds().check(returners.unsure(), this::checked);
                  }
                }));
  }

  private void checked(boolean isKnown) {
    if (isKnown) {
      returners.aim();
      aimed = true;
      progress();
    } else {
      fail();
    }
  }

  /// Numbers what is told to this session alone.
  long number(Key key, long rev, int events) {
    long number = tools.numbers().next(events);
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
    if (missedBytes > tools.missedBytes()) {
      tools.hub().execute(this::fail);
    }
  }

  /// Something was heard: looks soon whether that is all.
  void progress() {
    if (!looking && stage != Stage.OVER) {
      looking = true;
      tools
          .hub()
          .execute(() -> {
            looking = false;
            look();
          });
    }
  }

  private void look() {
    if (stage == Stage.GATHERING && aimed && returners.areThere()) {
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
    return returners.joined();
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
    socket.comingBack(this, hearing, startedAt);
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
    if (socket == null || !aimed || !tools.isFollowed(userId()) || !returners.areLevel()) {
      // what it waits for is not its own: an entrance of its user, or a change on its way
      tools.hub().after(LOOK_MILLIS, this::progress);
      return;
    }
    socket.socket().join(Rooms.user(userId()));
    socket.hearsAllAfter(tools.numbers().last());
    for (Returner returner : returners.all()) {
      if (returner.hears() == Span.Hears.JOINED) {
        socket.feeds().add(returner.feed());
        returner.feed().join(socket);
      }
      hearing.know(returner.feed().key(), returner.spans());
    }
    ready();
    over();
  }

  /// The next stage has a limit of its own.
  private void again() {
    if (limit != null) {
      limit.cancel();
    }
    limit =
        tools
            .hub()
            .after(
                tools.patience(),
                () -> {
                  if (stage == Stage.BOUND) {
                    // it hears everything, only by itself
                    ready();
                  } else {
                    over();
                  }
                });
  }

  /// It cannot be whole. A client that takes itself for back has to come once more.
  private void fail() {
    if (stage == Stage.BOUND && member != null) {
      member.socket().close();
    } else {
      over();
    }
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
    returners.dismiss();
    missed.clear();
    outcome.accept(false);
    onOver.accept(this);
  }

  // ---- cut once more

  /// Whether a socket has taken it over.
  boolean isBound() {
    return stage == Stage.BOUND;
  }

  /// How far it has come.
  Stay stay(Session.@Nullable Late late) {
    return new Stay(
        session.person(),
        session.id(),
        session.pid(),
        hearing.since(),
        tools.numbers().last(),
        tools.numbers().last(),
        session.offset(),
        startedAt,
        late,
        returners.kept(hearing));
  }
}
