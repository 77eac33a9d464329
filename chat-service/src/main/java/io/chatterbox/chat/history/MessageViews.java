package io.chatterbox.chat.history;

import io.chatterbox.chat.log.Entry;
import io.chatterbox.contract.UserView;
import io.chatterbox.rest.FileLinks;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// Makes the views of messages.
@Singleton
public class MessageViews {
  private final FileLinks links;

  MessageViews(FileLinks links) {
    this.links = links;
  }

  /// As everybody sees it.
  public MessageView of(Entry entry) {
    return view(entry, null);
  }

  /// As this user sees it: what he wrote has the id that he gave it.
  public MessageView of(Entry entry, String userId) {
    return view(entry, entry.sender().equals(userId) ? entry.clientMessageId().orElse(null) : null);
  }

  private MessageView view(Entry entry, @Nullable String given) {
    MessageDocument message = MessageDocument.of(entry);
    return new MessageView(
        entry.id(),
        entry.key().id(),
        entry.seq(),
        new UserView(entry.sender(), message.username()),
        message.content(),
        message.type(),
        message.attachments().stream().map(this::view).toList(),
        message.reactions(),
        message.mentions(),
        message.replyTo().orElse(null),
        message.forwardedFrom().orElse(null),
        given,
        entry.at(),
        message.editedAt().orElse(null),
        message.deletedAt().orElse(null));
  }

  private MessageView.AttachmentView view(Attachment file) {
    return new MessageView.AttachmentView(
        file.id(),
        file.originalName(),
        file.mimetype(),
        file.size(),
        file.isDeleted() ? null : links.content(file.id()),
        file.isDeleted() || !file.isImage() ? null : links.thumbnail(file.id()),
        file.isDeleted() ? true : null);
  }
}
