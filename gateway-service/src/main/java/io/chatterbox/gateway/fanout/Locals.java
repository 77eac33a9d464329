package io.chatterbox.gateway.fanout;

import io.chatterbox.contract.Key;
import io.chatterbox.contract.PresenceCommand.Person;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The users who have authenticated sockets here. Only on the hub.
@Singleton
final class Locals {
  private final Map<String, User> users = new HashMap<>();

  Locals() {}

  /// One of them.
  static final class User {
    private final Person person;
    private final Set<Member> members = new HashSet<>();
    private final Set<Feed> follows = new HashSet<>();
    private final Hearing hearing = new Hearing();
    private final List<Runnable> waiting = new ArrayList<>();
    private boolean followed;

    private User(Person person) {
      this.person = person;
    }

    Person person() {
      return person;
    }

    /// What he hears without having joined it.
    Set<Feed> follows() {
      return follows;
    }

    /// What his sockets hear of where he takes part.
    Hearing hearing() {
      return hearing;
    }

    boolean isFollowed() {
      return followed;
    }

    boolean isHere() {
      return !members.isEmpty();
    }

    /// Everything that he is to hear is subscribed; those who waited for that go on.
    void followed() {
      followed = true;
      goOn();
    }

    /// Those who waited go on, whether or not.
    void goOn() {
      List<Runnable> all = List.copyOf(waiting);
      waiting.clear();
      all.forEach(Runnable::run);
    }

    void whenFollowed(Runnable task) {
      if (followed) {
        task.run();
      } else {
        waiting.add(task);
      }
    }
  }

  Optional<User> find(String userId) {
    return Optional.ofNullable(users.get(userId));
  }

  /// Adds a socket of a user.
  ///
  /// @return the user, if he was not here before
  Optional<User> add(Member member) {
    User known = users.get(member.userId());
    User user = known == null ? new User(member.person()) : known;
    users.put(member.userId(), user);
    user.members.add(member);
    return known == null ? Optional.of(user) : Optional.empty();
  }

  /// Takes a socket out.
  ///
  /// @return the user, if that was his last socket
  Optional<User> remove(Member member) {
    User user = users.get(member.userId());
    if (user == null || !user.members.remove(member) || user.isHere()) {
      return Optional.empty();
    }
    users.remove(member.userId());
    return Optional.of(user);
  }

  /// Notes that a user takes part no longer.
  ///
  /// @param rev of the last change that is for him
  /// @param number what was told last
  void unfollow(String userId, Key key, long rev, long number) {
    User user = users.get(userId);
    if (user != null) {
      user.hearing.close(key, rev, number);
      user.members.forEach(member -> member.hearing().close(key, rev, number));
    }
  }

  /// Notes that a user hears a feed, if he is here.
  ///
  /// @param rev above which he does
  boolean follow(String userId, Feed feed, long rev) {
    User user = users.get(userId);
    if (user != null) {
      user.follows.add(feed);
      user.hearing.open(feed.key(), Span.takingPart(rev));
    }
    return user != null;
  }
}
