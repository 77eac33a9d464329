package io.chatterbox.chat.members;

import io.chatterbox.bus.Json;
import io.chatterbox.chat.conversations.ConversationDocument;
import io.chatterbox.chat.conversations.ConversationView;
import io.chatterbox.chat.conversations.ConversationViews;
import io.chatterbox.chat.conversations.Participant;
import io.chatterbox.chat.log.Documents;
import io.chatterbox.chat.log.Draft;
import io.chatterbox.chat.log.Entry;
import io.chatterbox.chat.log.EntryHandler;
import io.chatterbox.chat.log.EntryKind;
import io.chatterbox.chat.log.Head;
import io.chatterbox.chat.log.Turn;
import io.chatterbox.contract.ChatCommand.TellAdded;
import io.chatterbox.contract.ClientEvent;
import io.chatterbox.contract.ClientEvent.Reach;
import io.chatterbox.contract.Hint;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.UserView;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/// `tell-added`: an entry of the added person's own log, from which his gateways learn what to
/// follow, and he himself the whole conversation. The entry names the conversation only; how it
/// looks is read when it is told, so that a large one is not stored once per participant.
@Singleton
class TellAddedHandler implements EntryHandler<TellAdded>, EntryKind<UserDocument> {
  private final Documents documents;
  private final ConversationViews views;
  private final Json json;

  TellAddedHandler(Documents documents, ConversationViews views, Json json) {
    this.documents = documents;
    this.views = views;
    this.json = json;
  }

  @Override
  public Class<TellAdded> command() {
    return TellAdded.class;
  }

  @Override
  public String name() {
    return "added";
  }

  @Override
  public Draft draft(TellAdded command, Turn turn) {
    String id = "added:" + command.conversationId() + ":" + command.rev();
    Document body =
        new Document("conversation", command.conversationId()).append("since", command.rev());
    return new Draft.Write(name(), id, false, false, body);
  }

  @Override
  public RawJson reply(TellAdded command, Entry entry) {
    return RawJson.of("{}");
  }

  @Override
  public UserDocument apply(Optional<UserDocument> state, Entry entry) {
    return state.orElseGet(UserDocument::new);
  }

  @Override
  public List<Hint.Change> told(List<Entry> entries) {
    Map<Key, Head> heads = documents.read(entries.stream().map(TellAddedHandler::where).toList());
    List<ConversationViews.Seen> seen = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (Entry entry : entries) {
      Head head = heads.get(where(entry));
      if (head != null && participant(head, entry).isPresent()) {
        seen.add(new ConversationViews.Seen(head, entry.key().id()));
        ids.add(entry.id());
      }
    }
    List<ConversationView> views = this.views.atHand(seen);
    Map<String, ConversationView> shown = new HashMap<>();
    for (int i = 0; i < ids.size(); i++) {
      shown.put(ids.get(i), views.get(i));
    }
    List<Hint.Change> told = new ArrayList<>();
    for (Entry entry : entries) {
      told.add(told(entry, heads.get(where(entry)), shown.get(entry.id())));
    }
    return told;
  }

  /// Somebody who has left again by now is told nothing.
  private Hint.Change told(
      Entry entry, @Nullable Head head, @Nullable ConversationView conversation) {
    if (head == null || conversation == null) {
      return Hint.Change.silent(entry.rev());
    }
    Participant added = participant(head, entry).orElseThrow();
    RawJson payload =
        json.write(
            new GroupChanges.UserChanged(
                head.key().id(),
                "participant-added",
                added.addedBy(),
                added.joinedAt(),
                new UserView(added.id(), added.username()),
                conversation));
    return new Hint.Change(
        entry.rev(),
        List.of(ClientEvent.of("conversation-updated", Reach.SELF, payload)),
        List.of(),
        new Hint.Follow(head.key().id(), entry.body().getLong("since")));
  }

  private static Key where(Entry entry) {
    return Key.conversation(entry.body().getString("conversation"));
  }

  private static Optional<Participant> participant(Head head, Entry entry) {
    return head.state(ConversationDocument.class)
        .flatMap(conversation -> conversation.participants().find(entry.key().id()));
  }
}
