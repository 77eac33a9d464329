package io.chatterbox.chat.messages;

import io.chatterbox.bus.Json;
import io.chatterbox.chat.history.MessageDocument;
import io.chatterbox.chat.history.MessageView;
import io.chatterbox.chat.history.MessageViews;
import io.chatterbox.chat.log.Draft;
import io.chatterbox.chat.log.Entry;
import io.chatterbox.chat.log.Turn;
import io.chatterbox.chat.log.Wants;
import io.chatterbox.contract.ClientEvent;
import io.chatterbox.contract.ClientEvent.Reach;
import io.chatterbox.contract.Hint;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.Refusal;
import io.chatterbox.contract.documented.Acknowledges;
import io.chatterbox.contract.documented.Shape;
import io.chatterbox.contract.documented.Told;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bson.Document;

/// What all changes of a message have in common: how it is found, what is answered, who is told.
@Singleton
class MessageChanges {
  private final MessageViews views;
  private final Json json;

  MessageChanges(MessageViews views, Json json) {
    this.views = views;
    this.json = json;
  }

  @Acknowledges({"edit-message", "delete-message", "add-reaction", "remove-reaction"})
  @Shape(name = "MessageAnswer")
  record Changed(MessageView message) {}

  void want(String conversationId, String messageId, Wants wants) {
    wants.entry(Key.conversation(conversationId), messageId);
  }

  /// The message at this place in the order, deleted or not.
  Optional<Entry> find(String messageId, Turn turn) {
    return turn.fetched()
        .entry(messageId)
        .filter(entry -> entry.isMessage() && entry.key().equals(turn.head().key()))
        .filter(entry -> entry.rev() <= turn.head().rev());
  }

  /// The message, if it was not deleted.
  Optional<Entry> findKept(String messageId, Turn turn) {
    return find(messageId, turn).filter(entry -> !MessageDocument.of(entry).isDeleted());
  }

  Draft unknown(Turn turn) {
    return new Draft.Refused(
        turn.commandId(null), Refusal.notFound("There is no such message here."));
  }

  Draft change(String kind, Turn turn, Entry message, MessageDocument changed, Document more) {
    return Draft.Write.amending(kind, turn.commandId(null), message.with(changed.document()), more);
  }

  /// Nothing to change: answers the message as it is.
  Draft same(Turn turn, Entry message) {
    return new Draft.Done(
        turn.commandId(null), json.write(new Changed(views.of(message, turn.caller().userId()))));
  }

  RawJson reply(Entry change) {
    return json.write(new Changed(views.of(changed(change), change.sender())));
  }

  @Told("message-edited")
  record MessageEdited(String conversationId, MessageView message) {}

  /// Tells joined sockets of messages that are no longer what they were.
  List<Hint.Change> edited(List<Entry> changes) {
    return changes.stream()
        .map(change -> Hint.Change.telling(change.rev(), List.of(edited(change))))
        .toList();
  }

  private ClientEvent edited(Entry change) {
    Entry message = changed(change);
    return new ClientEvent(
        "message-edited",
        Reach.JOINED,
        null,
        null,
        message
            .clientMessageId()
            .map(id -> new ClientEvent.Origin(message.sender(), id, true))
            .orElse(null),
        json.write(new MessageEdited(change.key().id(), views.of(message))));
  }

  /// Tells joined sockets of each change.
  List<Hint.Change> told(List<Entry> changes, String event, Function<Entry, Object> payload) {
    return changes.stream()
        .map(change ->
            Hint.Change.telling(
                change.rev(),
                List.of(ClientEvent.of(event, Reach.JOINED, json.write(payload.apply(change))))))
        .toList();
  }

  static Entry changed(Entry change) {
    return change.amended().orElseThrow();
  }
}
