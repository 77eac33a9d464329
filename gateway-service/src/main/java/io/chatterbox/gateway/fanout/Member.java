package io.chatterbox.gateway.fanout;

import io.chatterbox.contract.PresenceCommand.Person;
import io.chatterbox.socketio.Socket;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An authenticated socket, as the hub sees it.
public final class Member {
  private final Socket socket;
  private final Person person;
  private final Optional<String> pid;

  // only on the hub
  private final Set<Feed> feeds = new HashSet<>();
  private Hearing hearing = new Hearing();
  private boolean gone;
  private @Nullable Comeback comeback;

  private String resumedOffset = "";
  private long resumedAt;
  private long allAfter;
  private volatile Session.@Nullable Late late;

  /// Only on the socket's loop.
  public Member(Socket socket, Person person) {
    this.pid = socket.pid();
    this.socket = socket;
    this.person = person;
  }

  public Socket socket() {
    return socket;
  }

  public Person person() {
    return person;
  }

  String userId() {
    return person.userId();
  }

  /// What it joined or is about to.
  Set<Feed> feeds() {
    return feeds;
  }

  /// What it hears of what it joined, and what was told to it alone.
  Hearing hearing() {
    return hearing;
  }

  /// How it is coming back, until it is back.
  Optional<Comeback> comeback() {
    return Optional.ofNullable(comeback);
  }

  /// It is coming back, and has heard this until now.
  ///
  /// @param startedAt what its client's last offset, from elsewhere, stands for here
  void comingBack(Comeback how, Hearing heard, long startedAt) {
    comeback = how;
    hearing = heard;
    resumedOffset = how.session().offset();
    resumedAt = startedAt;
  }

  /// It hears everything like any other.
  void isBack() {
    comeback = null;
  }

  /// From here on what is told to everybody is for it too.
  void hearsAllAfter(long number) {
    allAfter = number;
  }

  long allAfter() {
    return allAfter;
  }

  /// What its client may name for what it has heard last, besides numbers of this gateway.
  String resumedOffset() {
    return resumedOffset;
  }

  long resumedAt() {
    return resumedAt;
  }

  /// What its client takes it up again with.
  Optional<String> pid() {
    return pid;
  }

  /// The session of a token that did not come with the handshake. From any thread.
  public void late(Session.Late token) {
    late = token;
  }

  Session.@Nullable Late late() {
    return late;
  }

  boolean isGone() {
    return gone;
  }

  void gone() {
    gone = true;
  }
}
