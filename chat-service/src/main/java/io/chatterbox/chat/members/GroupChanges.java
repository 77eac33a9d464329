package io.chatterbox.chat.members;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.chatterbox.bus.Json;
import io.chatterbox.chat.conversations.ConversationDocument;
import io.chatterbox.chat.conversations.ConversationView;
import io.chatterbox.chat.log.Draft;
import io.chatterbox.chat.log.Entry;
import io.chatterbox.chat.log.Turn;
import io.chatterbox.contract.ClientEvent;
import io.chatterbox.contract.ClientEvent.Reach;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.Refusal;
import io.chatterbox.contract.UserView;
import io.chatterbox.contract.documented.Shape;
import io.chatterbox.contract.documented.Told;
import jakarta.inject.Singleton;
import java.time.Instant;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/// What all changes of a group have in common: who may make them, and how they are told.
@Singleton
class GroupChanges {
  static final RawJson NOTHING = RawJson.of("{}");

  private static final String UPDATED = "conversation-updated";

  private final Json json;

  GroupChanges(Json json) {
    this.json = json;
  }

  /// Somebody came in or went.
  ///
  /// @param conversation how it looks to the added person; to nobody else
  @Told("conversation-updated")
  @Shape(name = "ParticipantChange")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record UserChanged(
      String conversationId,
      @Shape(oneOf = {"participant-added", "participant-removed"}) String change,
      String by,
      Instant at,
      UserView user,
      @Nullable ConversationView conversation) {}

  @Told("conversation-updated")
  @Shape(name = "RoleChange")
  record RoleChanged(
      String conversationId,
      @Shape(oneOf = "role-changed") String change,
      String by,
      Instant at,
      UserView user,
      @Shape(name = "Role") String role) {}

  /// `participant-added` or `participant-removed`, to all sockets of all participants.
  ClientEvent user(Entry entry, String change, UserView user) {
    return event(
        new UserChanged(entry.key().id(), change, entry.sender(), entry.at(), user, null), null);
  }

  /// `role-changed`.
  ///
  /// @param except who is not told
  ClientEvent role(Entry entry, UserView user, String role, @Nullable String except) {
    return event(
        new RoleChanged(entry.key().id(), "role-changed", entry.sender(), entry.at(), user, role),
        except);
  }

  ClientEvent event(Record payload, @Nullable String except) {
    return new ClientEvent(UPDATED, Reach.PARTICIPANTS, null, except, null, json.write(payload));
  }

  /// What an admin wants to write.
  Draft byAdmin(Turn turn, ConversationDocument conversation, String kind, Document body) {
    return conversation.participants().isAdmin(turn.caller().userId())
        ? new Draft.Write(kind, turn.commandId(null), false, false, body)
        : forbidden(turn);
  }

  static Draft forbidden(Turn turn) {
    return refused(turn, new Refusal(ErrorCode.FORBIDDEN, "Only an admin of a group may do this."));
  }

  static Draft refused(Turn turn, Refusal refusal) {
    return new Draft.Refused(turn.commandId(null), refusal);
  }

  /// Nothing to change.
  static Draft done(Turn turn) {
    return new Draft.Done(turn.commandId(null), NOTHING);
  }

  static Document document(UserView user) {
    return new Document("_id", user.id()).append("username", user.username());
  }

  static UserView user(Document document) {
    return new UserView(document.getString("_id"), document.getString("username"));
  }
}
