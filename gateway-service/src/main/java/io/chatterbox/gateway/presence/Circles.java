package io.chatterbox.gateway.presence;

import io.chatterbox.contract.Key;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Who shares a conversation or a room with whom, as far as somebody of this gateway is in it: whom
/// it has to hear of, and who of its users is then told.
final class Circles {
  private final Interest interest;
  private final Map<Key, Circle> circles = new HashMap<>();
  private final Map<String, Set<Circle>> byPerson = new HashMap<>();
  private final Set<String> here = new HashSet<>();

  /// Hears whose presence matters here. Those who are here themselves do too, for their own other
  /// devices.
  interface Interest {
    void began(String userId);

    void ended(String userId);
  }

  private static final class Circle {
    private final Set<String> people = new HashSet<>();
    private final Set<String> fading = new HashSet<>();
    private final Set<String> locals = new HashSet<>();
  }

  Circles(Interest interest) {
    this.interest = interest;
  }

  /// Somebody of this gateway is in it now.
  ///
  /// @param people everyone in it, here or not
  void open(Key key, Collection<String> people) {
    circles.computeIfAbsent(key, _ -> new Circle());
    people.forEach(userId -> add(key, userId));
  }

  /// Nobody of this gateway is in it any more.
  void close(Key key) {
    Circle circle = circles.remove(key);
    if (circle != null) {
      circle.people.forEach(userId -> leave(circle, userId));
    }
  }

  /// Somebody came into an open one.
  void add(Key key, String userId) {
    Circle circle = circles.get(key);
    if (circle == null) {
      return;
    }
    circle.fading.remove(userId);
    if (circle.people.add(userId)) {
      boolean wasOf = isOfInterest(userId);
      byPerson.computeIfAbsent(userId, _ -> new HashSet<>()).add(circle);
      if (!wasOf) {
        interest.began(userId);
      }
    }
  }

  /// Somebody went out of it.
  void remove(Key key, String userId) {
    Circle circle = circles.get(key);
    if (circle != null && circle.people.remove(userId)) {
      circle.fading.remove(userId);
      leave(circle, userId);
    }
  }

  /// Somebody went out of it, but the others are still to hear that he goes offline.
  void fade(Key key, String userId) {
    Circle circle = circles.get(key);
    if (circle != null && circle.people.contains(userId)) {
      circle.fading.add(userId);
    }
  }

  /// Ends what [#fade] began, unless he came back.
  void fadeOut(Key key, String userId) {
    Circle circle = circles.get(key);
    if (circle != null && circle.fading.contains(userId)) {
      remove(key, userId);
    }
  }

  /// A user of this gateway is in it.
  void addLocal(Key key, String userId) {
    Circle circle = circles.get(key);
    if (circle != null) {
      circle.locals.add(userId);
    }
  }

  void removeLocal(Key key, String userId) {
    Circle circle = circles.get(key);
    if (circle != null) {
      circle.locals.remove(userId);
    }
  }

  /// A user is at this gateway.
  void arrived(String userId) {
    boolean wasOf = isOfInterest(userId);
    if (here.add(userId) && !wasOf) {
      interest.began(userId);
    }
  }

  void departed(String userId) {
    if (here.remove(userId) && !isOfInterest(userId)) {
      interest.ended(userId);
    }
  }

  boolean isHere(String userId) {
    return here.contains(userId);
  }

  /// The users of this gateway who are told of somebody.
  ///
  /// @param toOffline whether he goes offline
  Set<String> audience(String userId, boolean toOffline) {
    Set<String> audience = new HashSet<>();
    for (Circle circle : byPerson.getOrDefault(userId, Set.of())) {
      if (toOffline || !circle.fading.contains(userId)) {
        audience.addAll(circle.locals);
      }
    }
    audience.remove(userId);
    return audience;
  }

  private void leave(Circle circle, String userId) {
    Set<Circle> his = byPerson.get(userId);
    if (his != null && his.remove(circle) && his.isEmpty()) {
      byPerson.remove(userId);
      if (!isOfInterest(userId)) {
        interest.ended(userId);
      }
    }
  }

  private boolean isOfInterest(String userId) {
    return here.contains(userId) || byPerson.containsKey(userId);
  }
}
