package io.chatterbox.gateway.fanout;

import io.chatterbox.contract.PresenceCommand.Person;
import io.chatterbox.socketio.Socket;
import java.util.HashSet;
import java.util.Set;

/// An authenticated socket, as the hub sees it.
public final class Member {
  private final Socket socket;
  private final Person person;

  // only on the hub
  private final Set<Feed> feeds = new HashSet<>();
  private boolean gone;

  public Member(Socket socket, Person person) {
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

  boolean isGone() {
    return gone;
  }

  void gone() {
    gone = true;
  }
}
