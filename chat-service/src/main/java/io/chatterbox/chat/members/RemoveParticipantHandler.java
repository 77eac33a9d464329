package io.chatterbox.chat.members;

import io.chatterbox.chat.conversations.ConversationDocument;
import io.chatterbox.chat.conversations.Participant;
import io.chatterbox.chat.log.Draft;
import io.chatterbox.chat.log.Entry;
import io.chatterbox.chat.log.EntryHandler;
import io.chatterbox.chat.log.Turn;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.GroupCommand.RemoveParticipant;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.Refusal;
import jakarta.inject.Singleton;
import java.util.Optional;

/// `remove-participant`: an admin removes somebody from a group, or somebody leaves it.
@Singleton
class RemoveParticipantHandler implements EntryHandler<RemoveParticipant> {

  @Override
  public Class<RemoveParticipant> command() {
    return RemoveParticipant.class;
  }

  @Override
  public Draft draft(RemoveParticipant command, Turn turn) {
    String userId = turn.caller().userId();
    // whoever has gone by this very command is no participant any more when it is repeated
    Optional<ConversationDocument> found =
        turn.head()
            .state(ConversationDocument.class)
            .filter(conversation -> conversation.participants().has(userId));
    if (found.isEmpty()) {
      return GroupChanges.refused(turn, Refusal.notFound("There is no such conversation."));
    }
    ConversationDocument group = found.get();
    Optional<Participant> going = group.participants().find(command.userId());
    if (going.isEmpty()) {
      return GroupChanges.refused(turn, Refusal.notFound("There is no such participant."));
    }
    boolean isLeaving = command.userId().equals(userId);
    if (!group.isGroup()) {
      return GroupChanges.refused(
          turn,
          new Refusal(ErrorCode.FORBIDDEN, "Nobody can be removed from a direct conversation."));
    }
    if (!isLeaving && !group.participants().isAdmin(userId)) {
      return GroupChanges.forbidden(turn);
    }
    return Departures.write(turn, group, going.get());
  }

  @Override
  public RawJson reply(RemoveParticipant command, Entry entry) {
    return GroupChanges.NOTHING;
  }
}
