package io.chatterbox.chat.reading;

import io.chatterbox.bus.Json;
import io.chatterbox.bus.Publication;
import io.chatterbox.chat.ChatConfig;
import io.chatterbox.chat.conversations.ConversationDocument;
import io.chatterbox.chat.conversations.ReadPointers;
import io.chatterbox.chat.conversations.ReadPointers.Place;
import io.chatterbox.chat.conversations.ReadPointers.Pointer;
import io.chatterbox.chat.log.Entry;
import io.chatterbox.chat.log.Fetched;
import io.chatterbox.chat.log.StateHandler;
import io.chatterbox.chat.log.Turn;
import io.chatterbox.chat.log.Wants;
import io.chatterbox.contract.ChatCommand.MarkRead;
import io.chatterbox.contract.ClientEvent;
import io.chatterbox.contract.Hint;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.Refusal;
import io.chatterbox.contract.documented.Acknowledges;
import io.chatterbox.contract.documented.Told;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `mark-read`: moves the caller's pointer forward, and tells it to joined sockets and his other
/// devices.
@Singleton
class MarkReadHandler implements StateHandler<MarkRead> {
  private final ReadPointers pointers;
  private final ChatConfig.Limits limits;
  private final Json json;

  MarkReadHandler(ReadPointers pointers, ChatConfig config, Json json) {
    this.pointers = pointers;
    this.limits = config.limits();
    this.json = json;
  }

  @Acknowledges("mark-read")
  record Unread(long unread) {}

  @Told("messages-read")
  record MessagesRead(
      String conversationId, String userId, List<String> messageIds, long upToSeq, Instant readAt) {
    MessagesRead {
      messageIds = List.copyOf(messageIds);
    }
  }

  @Override
  public Class<MarkRead> command() {
    return MarkRead.class;
  }

  @Override
  public void wants(MarkRead command, Fetched known, Wants wants) {
    if (command.messageIds() != null && command.messageIds().size() <= limits.markRead()) {
      Key key = Key.conversation(command.conversationId());
      command.messageIds().forEach(id -> wants.entry(key, id));
    }
  }

  @Override
  public void check(MarkRead command, Turn turn) {
    if (command.messageIds() != null && command.messageIds().size() > limits.markRead()) {
      throw Refusal.invalid("At most " + limits.markRead() + " messageIds may be given at once.");
    }
    ConversationDocument.forParticipant(turn.head(), turn.caller().userId());
  }

  @Override
  public List<Result> settle(List<Checked<MarkRead>> commands) {
    Map<Place, Pointer> known =
        new HashMap<>(pointers.find(commands.stream().map(c -> place(c.turn())).toList()));
    Map<Place, Pointer> moved = new HashMap<>();
    List<ReadPointers.At> reached = new ArrayList<>();
    List<Optional<Publication>> publications = new ArrayList<>();
    for (Checked<MarkRead> checked : commands) {
      Turn turn = checked.turn();
      String userId = turn.caller().userId();
      Place place = place(turn);
      ConversationDocument conversation = ConversationDocument.forParticipant(turn.head(), userId);
      Pointer pointer = known.getOrDefault(place, Pointer.NONE);
      long target = target(checked);
      Optional<Publication> publication = Optional.empty();
      if (target > pointer.upTo()) {
        pointer = pointers.at(turn.head(), conversation, userId, target);
        known.put(place, pointer);
        moved.put(place, pointer);
        publication = Optional.of(told(checked, target));
      }
      reached.add(new ReadPointers.At(place, pointer, turn.head()));
      publications.add(publication);
    }
    pointers.move(moved);
    List<Long> unread = pointers.unread(reached);
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < unread.size(); i++) {
      results.add(new Result(json.write(new Unread(unread.get(i))), publications.get(i)));
    }
    return results;
  }

  /// The highest number that is named; messages that there are not are skipped.
  private static long target(Checked<MarkRead> checked) {
    Turn turn = checked.turn();
    Long upToSeq = checked.command().upToSeq();
    if (upToSeq != null) {
      return Math.min(upToSeq, turn.head().seq());
    }
    List<String> ids = checked.command().messageIds();
    return (ids == null ? List.<String>of() : ids)
        .stream()
            .flatMap(id -> turn.fetched().entry(id).stream())
            .filter(entry -> entry.key().equals(turn.head().key()))
            .mapToLong(Entry::seq)
            .filter(seq -> seq <= turn.head().seq())
            .max()
            .orElse(0);
  }

  private Publication told(Checked<MarkRead> checked, long upToSeq) {
    Turn turn = checked.turn();
    String userId = turn.caller().userId();
    List<String> ids = checked.command().messageIds();
    MessagesRead event =
        new MessagesRead(
            turn.head().key().id(), userId, ids == null ? List.of() : ids, upToSeq, turn.now());
    return new Publication(
        turn.head().key(),
        new Hint.State(
            turn.head().rev(),
            List.of(
                new ClientEvent(
                    "messages-read",
                    ClientEvent.Reach.JOINED,
                    userId,
                    null,
                    null,
                    json.write(event)))));
  }

  private static Place place(Turn turn) {
    return new Place(turn.head().key().id(), turn.caller().userId());
  }
}
