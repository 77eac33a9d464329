package io.chatterbox.chat.assistant;

import io.chatterbox.bus.Json;
import io.chatterbox.chat.conversations.ConversationDocument;
import io.chatterbox.chat.log.Entry;
import io.chatterbox.chat.log.EntryKind;
import io.chatterbox.chat.messages.ConversationMessages;
import io.chatterbox.contract.ClientEvent;
import io.chatterbox.contract.ClientEvent.Reach;
import io.chatterbox.contract.Hint;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.Document;

/// The ends of runs. If something was answered, the entry is that message, and `new-message` comes
/// before `ai-complete` or `ai-error`, which joined sockets hear and all of the asker's.
@Singleton
class RunEnds implements EntryKind<ConversationDocument> {
  static final String RUN_END = "run-end";

  private final ConversationMessages messages;
  private final Json json;

  RunEnds(ConversationMessages messages, Json json) {
    this.messages = messages;
    this.json = json;
  }

  @Override
  public String name() {
    return RUN_END;
  }

  @Override
  public ConversationDocument apply(Optional<ConversationDocument> state, Entry entry) {
    ConversationDocument conversation = state.orElseThrow();
    return entry.isMessage() ? conversation.with(entry) : conversation;
  }

  @Override
  public List<Hint.Change> told(List<Entry> entries) {
    return entries.stream().map(entry -> Hint.Change.telling(entry.rev(), events(entry))).toList();
  }

  private List<ClientEvent> events(Entry entry) {
    List<ClientEvent> events = new ArrayList<>();
    if (entry.isMessage()) {
      events.add(messages.newMessage(entry));
    }
    RunEnd end = RunEnd.of(entry.body().get("run", Document.class));
    String content = entry.isMessage() ? entry.body().getString("content") : "";
    events.add(
        new ClientEvent(
            end.event(),
            Reach.JOINED,
            end.askerId(),
            null,
            null,
            json.write(end.payload(entry, content))));
    return events;
  }
}
