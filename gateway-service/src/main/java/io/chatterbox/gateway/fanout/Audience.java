package io.chatterbox.gateway.fanout;

import io.chatterbox.contract.Hint;
import io.chatterbox.contract.Key;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Who hears one key at this gateway.
final class Audience {
  private final Key key;
  private final List<LocalListener> listeners;
  private final Set<String> locals = new HashSet<>();
  private final Map<String, Set<Member>> joined = new HashMap<>();
  private final Set<String> participants = new HashSet<>();
  private final Set<String> removed = new HashSet<>();
  private boolean isKnown;

  Audience(Key key, List<LocalListener> listeners) {
    this.key = key;
    this.listeners = listeners;
  }

  /// Participants who are here.
  Set<String> locals() {
    return locals;
  }

  boolean isEmpty() {
    return locals.isEmpty() && joined.isEmpty();
  }

  boolean hasJoined(Member member) {
    return joined.getOrDefault(member.userId(), Set.of()).contains(member);
  }

  /// Says who takes part, where that is not known yet; who was removed meanwhile does not.
  void know(Collection<String> everyone) {
    if (isKnown || everyone.isEmpty()) {
      return;
    }
    isKnown = true;
    Set<String> gone = Set.copyOf(removed);
    for (String userId : everyone) {
      if (!gone.contains(userId)) {
        apply(new Hint.Membership(userId, true));
      }
    }
    removed.clear();
  }

  void apply(Hint.Membership membership) {
    if (membership.added()) {
      removed.remove(membership.userId());
    } else if (!isKnown) {
      removed.add(membership.userId());
    }
    boolean changed =
        membership.added()
            ? participants.add(membership.userId())
            : participants.remove(membership.userId());
    if (changed && !locals.isEmpty()) {
      listeners.forEach(listener -> listener.participantChanged(key.id(), membership));
    }
  }

  void addLocal(String userId) {
    if (!locals.add(userId) || key.kind() != Key.Kind.CONVERSATION) {
      return;
    }
    participants.add(userId);
    if (locals.size() == 1) {
      Set<String> everyone = Set.copyOf(participants);
      listeners.forEach(listener -> listener.conversationOpened(key.id(), everyone));
    }
    listeners.forEach(listener -> listener.participantHere(key.id(), userId));
  }

  void removeLocal(String userId) {
    if (!locals.remove(userId) || key.kind() != Key.Kind.CONVERSATION) {
      return;
    }
    listeners.forEach(listener -> listener.participantAway(key.id(), userId));
    if (locals.isEmpty()) {
      listeners.forEach(listener -> listener.conversationClosed(key.id()));
    }
  }

  void join(Member member) {
    Set<Member> members = joined.computeIfAbsent(member.userId(), _ -> new HashSet<>());
    members.add(member);
    member.socket().join(Rooms.joined(key));
    if (members.size() == 1 && key.kind() == Key.Kind.ROOM) {
      listeners.forEach(listener -> listener.enteredRoom(key.id(), member.person()));
    }
  }

  /// @param bye by its own will
  void leave(Member member, boolean bye) {
    Set<Member> members = joined.get(member.userId());
    if (members == null || !members.remove(member)) {
      return;
    }
    member.socket().leave(Rooms.joined(key));
    if (members.isEmpty()) {
      joined.remove(member.userId());
      if (key.kind() == Key.Kind.ROOM) {
        listeners.forEach(listener -> listener.leftRoom(key.id(), member.person(), bye));
      }
    }
  }

  /// The joined sockets of a user.
  List<Member> joinedOf(String userId) {
    return List.copyOf(joined.getOrDefault(userId, Set.of()));
  }
}
