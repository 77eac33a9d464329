package io.chatterbox.contract;

import static io.chatterbox.contract.Key.Kind.CONVERSATION;

import io.chatterbox.contract.ChatCommand.Person;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What chat-service is asked to do with groups, all of it over REST. Who sends it has seen that
/// the people exist.
public sealed interface GroupCommand {

  /// A new group. Reply: nothing besides success.
  ///
  /// @param creator the caller, who is its admin
  /// @param participants the others
  @Command(event = "create-group", key = "conversationId", kind = CONVERSATION, internal = true)
  record CreateGroup(
      String conversationId,
      String name,
      @Nullable String description,
      Person creator,
      List<Person> participants)
      implements GroupCommand {
    public CreateGroup {
      conversationId = Input.required(conversationId, "conversationId");
      name = Input.trimmed(name, "name");
      description = Input.optional(description, "description");
      participants = Input.list(participants, "participants");
    }
  }

  /// More people, by an admin. Reply: nothing besides success.
  @Command(event = "add-participants", key = "conversationId", kind = CONVERSATION, internal = true)
  record AddParticipants(String conversationId, List<Person> people) implements GroupCommand {
    public AddParticipants {
      conversationId = Input.required(conversationId, "conversationId");
      people = Input.list(people, "userIds");
    }
  }

  /// Somebody goes: by an admin, or by himself. Reply: nothing besides success.
  @Command(
      event = "remove-participant",
      key = "conversationId",
      kind = CONVERSATION,
      internal = true)
  record RemoveParticipant(String conversationId, String userId) implements GroupCommand {
    public RemoveParticipant {
      conversationId = Input.required(conversationId, "conversationId");
      userId = Input.required(userId, "userId");
    }
  }

  /// Somebody's role, by an admin. Reply: nothing besides success.
  ///
  /// @param role `admin` or `member`
  @Command(event = "change-role", key = "conversationId", kind = CONVERSATION, internal = true)
  record ChangeRole(String conversationId, String userId, String role) implements GroupCommand {
    public ChangeRole {
      conversationId = Input.required(conversationId, "conversationId");
      userId = Input.required(userId, "userId");
      if (!"admin".equals(role) && !"member".equals(role)) {
        throw Refusal.invalid("role is admin or member.");
      }
    }
  }

  /// Another name or description, by an admin. Reply: nothing besides success.
  ///
  /// @param name absent: stays
  /// @param description absent: stays, unless it is cleared
  @Command(event = "rename-group", key = "conversationId", kind = CONVERSATION, internal = true)
  record RenameGroup(
      String conversationId,
      @Nullable String name,
      @Nullable String description,
      boolean clearDescription)
      implements GroupCommand {
    public RenameGroup {
      conversationId = Input.required(conversationId, "conversationId");
      name = name == null ? null : Input.trimmed(name, "name");
      description = Input.optional(description, "description");
    }
  }

  /// The caller has deleted his account (auth-service, for each of his conversations): he leaves a
  /// group, and nobody can send to him any more. Reply: nothing besides success, also when he is
  /// not in.
  @Command(event = "account-deleted", key = "conversationId", kind = CONVERSATION, internal = true)
  record AccountDeleted(String conversationId) implements GroupCommand {}
}
