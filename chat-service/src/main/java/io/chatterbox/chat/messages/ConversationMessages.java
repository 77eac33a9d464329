package io.chatterbox.chat.messages;

import io.chatterbox.bus.Json;
import io.chatterbox.chat.conversations.ConversationDocument;
import io.chatterbox.chat.files.Files;
import io.chatterbox.chat.history.MessageDocument;
import io.chatterbox.chat.history.MessageView;
import io.chatterbox.chat.history.MessageViews;
import io.chatterbox.chat.log.Entry;
import io.chatterbox.chat.log.EntryKind;
import io.chatterbox.chat.log.SideWrite;
import io.chatterbox.contract.ClientEvent;
import io.chatterbox.contract.ClientEvent.Origin;
import io.chatterbox.contract.ClientEvent.Reach;
import io.chatterbox.contract.Hint;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.documented.Acknowledges;
import io.chatterbox.contract.documented.Shape;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A conversation's messages: `new-message` to those who joined, a notification to all others.
@Singleton
public class ConversationMessages implements EntryKind<ConversationDocument> {
  /// The kind's name.
  public static final String MESSAGE = "message";

  private final MessageViews views;
  private final Json json;

  ConversationMessages(MessageViews views, Json json) {
    this.views = views;
    this.json = json;
  }

  @Override
  public String name() {
    return MESSAGE;
  }

  @Override
  public ConversationDocument apply(Optional<ConversationDocument> state, Entry entry) {
    return state.orElseThrow().with(entry);
  }

  @Override
  public List<SideWrite> alongside(Entry entry) {
    return MessageDocument.of(entry).attachments().stream()
        .map(file -> Files.carried(file.id(), entry.id()))
        .toList();
  }

  @Override
  public List<Hint.Change> told(List<Entry> entries) {
    return entries.stream()
        .map(entry -> Hint.Change.telling(entry.rev(), List.of(newMessage(entry))))
        .toList();
  }

  /// The event of a message.
  public ClientEvent newMessage(Entry entry) {
    return new ClientEvent(
        "new-message",
        Reach.JOINED_ELSE_NOTIFIED,
        null,
        null,
        origin(entry),
        json.write(views.of(entry)));
  }

  /// A reply with the message as its sender sees it.
  public RawJson reply(Entry entry) {
    return json.write(new Sent(views.of(entry, entry.sender())));
  }

  @Acknowledges("send-message")
  @Shape(name = "MessageAnswer")
  record Sent(MessageView message) {}

  static @Nullable Origin origin(Entry entry) {
    return entry.clientMessageId().map(id -> new Origin(entry.sender(), id, false)).orElse(null);
  }
}
