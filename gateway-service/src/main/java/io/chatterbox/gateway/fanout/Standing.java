package io.chatterbox.gateway.fanout;

import io.chatterbox.bus.Reply;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ChatCommand.CheckHeads;
import io.chatterbox.contract.ChatCommand.CheckParticipant;
import io.chatterbox.contract.ChatCommand.Head;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Failure;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.Refusal;
import io.chatterbox.contract.Service;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What a socket may do where the gateway itself decides.
@Singleton
public final class Standing {
  private final Feeds feeds;
  private final Questions questions;

  @Inject
  Standing(Feeds feeds, Questions questions) {
    this.feeds = feeds;
    this.questions = questions;
  }

  /// Whether someone may type there: in a conversation that he takes part in, in a room that this
  /// socket joined. Only on the hub.
  ///
  /// @param outcome called once, on the hub; empty if he may
  public void mayType(Member member, Caller caller, Key key, Consumer<Optional<Failure>> outcome) {
    Optional<Feed> feed = feeds.find(key);
    if (key.kind() == Key.Kind.ROOM) {
      if (feed.isPresent() && member.feeds().contains(feed.get())) {
        outcome.accept(Optional.empty());
      } else {
        whyNotInRoom(key, failure -> outcome.accept(Optional.of(failure)));
      }
    } else if (feed.isPresent() && feed.get().audience().locals().contains(member.userId())) {
      outcome.accept(Optional.empty());
    } else {
      // new conversations are heard of a moment after they are made
      questions.ask(
          key,
          caller,
          new CheckParticipant(key.id()),
          reply ->
              outcome.accept(
                  switch (reply) {
                    case Reply.Done _ -> Optional.empty();
                    case Reply.Refused(_, Failure failure) -> Optional.of(failure);
                  }));
    }
  }

  /// Why a socket that has not joined a room is refused there.
  ///
  /// @param outcome called once, on the hub: there is no such room, or it has to be joined first
  public void whyNotInRoom(Key room, Consumer<Failure> outcome) {
    Key partition = Key.partition(Service.CHAT.partitionOf(room).index());
    questions.ask(
        partition,
        new CheckHeads(List.of(new Head(room.text(), 0))),
        reply ->
            outcome.accept(
                switch (reply) {
                  case Reply.Done(_, _, var body) -> {
                    boolean exists = body.text().contains("\"rev\"");
                    yield exists
                        ? new Failure(ErrorCode.FORBIDDEN, "Join the room first.", null)
                        : new Failure(ErrorCode.ROOM_NOT_FOUND, "There is no such room.", null);
                  }
                  case Reply.Refused(_, Failure failure) -> failure;
                }));
  }

  /// The last change of a key that is known here. Only on the hub.
  public long rev(Key key) {
    return feeds.find(key).map(Feed::rev).orElse(0L);
  }

  /// For answers that need no question.
  public static Failure noSuchPlace(Key key) {
    return key.kind() == Key.Kind.ROOM
        ? new Refusal(ErrorCode.ROOM_NOT_FOUND, "There is no such room.").failure()
        : Refusal.notFound("There is no such conversation.").failure();
  }
}
