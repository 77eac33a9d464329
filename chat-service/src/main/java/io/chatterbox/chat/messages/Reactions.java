package io.chatterbox.chat.messages;

import io.chatterbox.chat.ChatConfig;
import io.chatterbox.chat.conversations.ConversationDocument;
import io.chatterbox.chat.history.MessageDocument;
import io.chatterbox.chat.log.Draft;
import io.chatterbox.chat.log.Entry;
import io.chatterbox.chat.log.Turn;
import io.chatterbox.contract.Hint;
import io.chatterbox.contract.Refusal;
import io.chatterbox.contract.documented.Shape;
import io.chatterbox.contract.documented.Told;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;

/// Adding reactions and taking them back.
@Singleton
class Reactions {
  private static final String PRESENTATION = "\uFE0F";
  private static final String EMOJI = "emoji";

  private final MessageChanges changes;
  private final Map<String, String> known = new LinkedHashMap<>();

  Reactions(MessageChanges changes, ChatConfig config) {
    this.changes = changes;
    config.limits().reactions().forEach(emoji -> known.put(bare(emoji), emoji));
  }

  @Told({"message-reaction-added", "message-reaction-removed"})
  @Shape(name = "ReactionChange")
  record MessageReaction(String conversationId, String messageId, String emoji, String userId) {}

  /// What a reaction comes to.
  ///
  /// @param kind the name of its kind of entry
  /// @param added whether it is added, or taken back
  Draft draft(String kind, Turn turn, String messageId, String given, boolean added) {
    String emoji = known.get(bare(given));
    if (emoji == null) {
      throw Refusal.invalid("emoji is one of " + String.join(" ", known.values()) + ".");
    }
    String userId = turn.caller().userId();
    ConversationDocument.forParticipant(turn.head(), userId);
    // taking back what a deleted message has no more succeeds like all that is not there
    Optional<Entry> found =
        added ? changes.findKept(messageId, turn) : changes.find(messageId, turn);
    if (found.isEmpty()) {
      return changes.unknown(turn);
    }
    MessageDocument message = MessageDocument.of(found.get());
    return message.hasReaction(emoji, userId) == added
        ? changes.same(turn, found.get())
        : changes.change(
            kind,
            turn,
            found.get(),
            message.reacted(emoji, userId, added),
            new Document(EMOJI, emoji));
  }

  List<Hint.Change> told(List<Entry> entries, String event) {
    return changes.told(
        entries,
        event,
        entry ->
            new MessageReaction(
                entry.key().id(),
                MessageChanges.changed(entry).id(),
                entry.body().getString(EMOJI),
                entry.sender()));
  }

  /// With and without the mark that asks for a colourful picture it is the same.
  private static String bare(String emoji) {
    return emoji.replace(PRESENTATION, "");
  }
}
