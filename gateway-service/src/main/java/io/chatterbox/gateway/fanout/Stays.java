package io.chatterbox.gateway.fanout;

import io.chatterbox.contract.Key;
import io.chatterbox.gateway.GatewayConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The sessions of this gateway that may be taken up again: those that are open, for a connection
/// may be lost without anybody having noticed, and for a while those that were cut. Each is given
/// away once. Only on the hub.
@Singleton
public final class Stays {
  private final Locals locals;
  private final FeedSource feeds;
  private final Numbers numbers;
  private final Hub hub;
  private final GatewayConfig.Recovery config;

  private final Map<String, Member> open = new HashMap<>();
  private final LinkedHashMap<String, Kept> cut = new LinkedHashMap<>();
  private final Map<Member, Runnable> closing = new HashMap<>();

  /// Those that nobody has taken over yet: their client may have been cut meanwhile.
  private final Map<String, Comeback> returning = new HashMap<>();

  private @Nullable Consumer<Stay> leaving;

  private record Kept(Stay stay, long until) {}

  /// Who asks for a session.
  ///
  /// @param offset what his client has heard last, as it says
  /// @param userId whom his token names; absent: he has brought none that is good
  public record Claim(String pid, String offset, @Nullable String userId) {}

  @Inject
  Stays(FeedSource feeds, FeedTools tools, GatewayConfig config) {
    this(feeds, tools, config.recovery());
  }

  Stays(FeedSource feeds, FeedTools tools, GatewayConfig.Recovery config) {
    this.locals = tools.locals();
    this.numbers = tools.numbers();
    this.hub = tools.hub();
    this.feeds = feeds;
    this.config = config;
  }

  /// A socket hears from now on what its user hears.
  void opened(Member member) {
    member
        .pid()
        .ifPresent(pid -> {
          open.put(pid, member);
          returning.remove(pid);
        });
  }

  /// A session is on its way back.
  void returning(Comeback comeback) {
    returning.put(comeback.session().pid(), comeback);
  }

  /// It is back, or will not be.
  void returned(Comeback comeback) {
    returning.remove(comeback.session().pid(), comeback);
  }

  /// A socket was cut, and its client may come back. Before it is told that it has ended.
  public void cut(String pid, Optional<Comeback> comeback) {
    Member member = open.remove(pid);
    Optional<Stay> stay = Optional.empty();
    if (member != null) {
      stay = stay(member, pid);
    } else if (comeback.isPresent() && !comeback.get().isOver() && !comeback.get().isBound()) {
      stay = Optional.of(comeback.get().stay(comeback.get().session().late()));
      comeback.get().over();
    }
    stay.ifPresent(this::keep);
  }

  /// A socket has ended.
  void ended(Member member) {
    member.pid().ifPresent(pid -> open.remove(pid, member));
    Runnable then = closing.remove(member);
    if (then != null) {
      then.run();
    }
  }

  /// Whether a session of that id is or was here.
  public boolean knows(String pid) {
    return open.containsKey(pid) || cut.containsKey(pid) || returning.containsKey(pid);
  }

  /// Gives a session away, once it does not exist here any more.
  ///
  /// @param answer called once, on the hub; empty when it cannot be taken up by this claim. It
  ///   stays here then, unless it is too late
  public void take(Claim claim, Consumer<Optional<Session>> answer) {
    forget();
    Member member = open.get(claim.pid());
    Kept kept = cut.get(claim.pid());
    Comeback comeback = returning.get(claim.pid());
    Optional<Stay> stay = Optional.ofNullable(kept).map(Kept::stay);
    if (member != null) {
      stay = stay(member, claim.pid());
    } else if (comeback != null) {
      stay = Optional.of(comeback.stay(comeback.session().late()));
    }
    Optional<Session> session =
        stay.filter(one -> one.isHis(claim.userId())).flatMap(one -> at(one, claim.offset()));
    if (session.isEmpty()) {
      answer.accept(session);
    } else if (member == null) {
      cut.remove(claim.pid());
      if (comeback != null) {
        comeback.over();
      }
      answer.accept(session);
    } else {
      open.remove(claim.pid());
      closing.put(member, () -> answer.accept(session));
      member.socket().close();
      hub.after(
          config.closing().toMillis(),
          () -> {
            if (closing.remove(member) != null) {
              answer.accept(Optional.empty());
            }
          });
    }
  }

  private Optional<Session> at(Stay stay, String offset) {
    OptionalLong number =
        stay.offset().equals(offset) ? OptionalLong.of(stay.resumedAt()) : numbers.parse(offset);
    return number.isPresent() && number.getAsLong() >= stay.since()
        ? stay.at(number.getAsLong(), offset, numbers)
        : Optional.empty();
  }

  /// From now on sessions that were cut are not kept here, but left with somebody else.
  public void leaveTo(Consumer<Stay> other) {
    forget();
    leaving = other;
    cut.values().forEach(kept -> other.accept(kept.stay()));
    cut.clear();
  }

  private void keep(Stay stay) {
    if (leaving != null) {
      leaving.accept(stay);
      return;
    }
    forget();
    cut.put(stay.pid(), new Kept(stay, System.nanoTime() + config.keeps().toNanos()));
    while (cut.size() > config.sessions()) {
      cut.pollFirstEntry();
    }
  }

  private void forget() {
    long now = System.nanoTime();
    while (!cut.isEmpty() && cut.firstEntry().getValue().until() - now < 0) {
      cut.pollFirstEntry();
    }
  }

  // ---- what a session has heard

  /// Empty when it cannot be said exactly.
  private Optional<Stay> stay(Member member, String pid) {
    Optional<Comeback> comeback = member.comeback();
    if (comeback.isPresent()) {
      return Optional.of(comeback.get().stay(member.late()));
    }
    Optional<Locals.User> user = locals.find(member.userId()).filter(Locals.User::isFollowed);
    return user.flatMap(one -> kept(member, one))
        .map(kept ->
            new Stay(
                member.person(),
                member.socket().id(),
                pid,
                Math.max(member.hearing().since(), user.orElseThrow().hearing().since()),
                member.allAfter(),
                numbers.last(),
                member.resumedOffset(),
                member.resumedAt(),
                member.late(),
                kept));
  }

  private Optional<List<Stay.Kept>> kept(Member member, Locals.User user) {
    member.hearing().forget(numbers.horizon());
    user.hearing().forget(numbers.horizon());
    Key own = Key.user(member.userId());
    Set<Key> keys = new LinkedHashSet<>();
    keys.add(own);
    keys.addAll(user.hearing().keys());
    keys.addAll(member.hearing().keys());
    member.feeds().forEach(feed -> keys.add(feed.key()));
    if (keys.size() > config.keys()) {
      return Optional.empty();
    }
    List<Stay.Kept> kept = new ArrayList<>(keys.size());
    for (Key key : keys) {
      List<Span> spans = new ArrayList<>(user.hearing().spans(key));
      spans.addAll(member.hearing().spans(key));
      if (key.equals(own)) {
        spans.add(Span.takingPart(0));
      }
      OptionalLong last = last(key, member, spans);
      if (last.isEmpty()) {
        return Optional.empty();
      }
      long since = member.hearing().since();
      long known = feeds.find(key).map(Feed::rev).orElse(last.getAsLong());
      kept.add(
          new Stay.Kept(
              key,
              member.hearing().begun(key),
              Position.at(last.getAsLong()),
              known,
              spans,
              member.hearing().told(key, since),
              user.hearing().told(key, since)));
    }
    return Optional.of(kept);
  }

  /// The last change that was told; empty when it waits for the answer to a join, for then it was
  /// not told of some.
  private OptionalLong last(Key key, Member member, List<Span> spans) {
    Optional<Feed> found = feeds.find(key);
    if (found.isEmpty()) {
      long ended = spans.stream().mapToLong(Span::until).max().orElse(0);
      return ended == Span.OPEN ? OptionalLong.empty() : OptionalLong.of(ended);
    }
    Feed feed = found.get();
    long last = feed.rev();
    if (!feed.audience().hasJoined(member)) {
      OptionalLong entering = feed.arrivals().position(entrant -> entrant.isOf(member));
      if (entering.isPresent() && entering.getAsLong() < 0) {
        return OptionalLong.empty();
      }
      last = Math.min(last, entering.orElse(last));
    }
    OptionalLong following =
        feed.audience().locals().contains(member.userId())
            ? OptionalLong.empty()
            : feed.arrivals().position(entrant -> entrant.isOfUser(member.userId()));
    return OptionalLong.of(Math.min(last, following.orElse(last)));
  }
}
