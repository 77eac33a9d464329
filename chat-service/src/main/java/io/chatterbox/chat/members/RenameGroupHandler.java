package io.chatterbox.chat.members;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.chatterbox.chat.conversations.ConversationDocument;
import io.chatterbox.chat.conversations.ConversationDocument.Title;
import io.chatterbox.chat.log.Draft;
import io.chatterbox.chat.log.Entry;
import io.chatterbox.chat.log.EntryHandler;
import io.chatterbox.chat.log.EntryKind;
import io.chatterbox.chat.log.Turn;
import io.chatterbox.contract.GroupCommand.RenameGroup;
import io.chatterbox.contract.Hint;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.documented.Shape;
import io.chatterbox.contract.documented.Told;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/// `rename-group`: an admin gives a group another name or description.
@Singleton
class RenameGroupHandler implements EntryHandler<RenameGroup>, EntryKind<ConversationDocument> {
  private static final String NAME = "name";
  private static final String DESCRIPTION = "description";

  private final GroupForm form;
  private final GroupChanges changes;

  RenameGroupHandler(GroupForm form, GroupChanges changes) {
    this.form = form;
    this.changes = changes;
  }

  @Told("conversation-updated")
  @Shape(name = "TitleChange")
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Renamed(
      String conversationId,
      @Shape(oneOf = "renamed") String change,
      String by,
      Instant at,
      String name,
      @Nullable String description) {}

  @Override
  public Class<RenameGroup> command() {
    return RenameGroup.class;
  }

  @Override
  public String name() {
    return "renamed";
  }

  @Override
  public Draft draft(RenameGroup command, Turn turn) {
    if (command.name() != null) {
      form.checkName(command.name());
    }
    form.checkDescription(command.description());
    String userId = turn.caller().userId();
    ConversationDocument group = ConversationDocument.forParticipant(turn.head(), userId);
    if (group.title().isEmpty() || !group.participants().isAdmin(userId)) {
      return GroupChanges.forbidden(turn);
    }
    Title before = group.title().get();
    String name = command.name() == null ? before.name() : command.name();
    Optional<String> description =
        command.clearDescription()
            ? Optional.empty()
            : Optional.ofNullable(command.description()).or(before::description);
    if (name.equals(before.name()) && description.equals(before.description())) {
      return GroupChanges.done(turn);
    }
    Document body = new Document(NAME, name);
    description.ifPresent(text -> body.append(DESCRIPTION, text));
    return changes.byAdmin(turn, group, name(), body);
  }

  @Override
  public RawJson reply(RenameGroup command, Entry entry) {
    return GroupChanges.NOTHING;
  }

  @Override
  public ConversationDocument apply(Optional<ConversationDocument> state, Entry entry) {
    return state.orElseThrow().with(title(entry));
  }

  @Override
  public List<Hint.Change> told(List<Entry> entries) {
    return entries.stream()
        .map(entry -> {
          Title title = title(entry);
          Renamed payload =
              new Renamed(
                  entry.key().id(),
                  name(),
                  entry.sender(),
                  entry.at(),
                  title.name(),
                  title.description().orElse(null));
          return Hint.Change.telling(entry.rev(), List.of(changes.event(payload, null)));
        })
        .toList();
  }

  /// What a group is called from an entry on.
  static Title title(Entry entry) {
    return new Title(
        entry.rev(),
        entry.body().getString(NAME),
        Optional.ofNullable(entry.body().getString(DESCRIPTION)));
  }
}
