package io.chatterbox.chat.files;

import io.chatterbox.chat.conversations.ConversationDocument;
import io.chatterbox.chat.history.MessageDocument;
import io.chatterbox.chat.log.Documents;
import io.chatterbox.chat.log.Entries;
import io.chatterbox.chat.log.Entry;
import io.chatterbox.chat.log.Fetched;
import io.chatterbox.chat.log.Head;
import io.chatterbox.chat.log.Wants;
import io.chatterbox.contract.Key;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.bson.Document;

/// Who may see a file: its uploader, and whoever can see a message that carries it. The file's own
/// list of messages is a hint only; the messages themselves decide.
@Singleton
public class FileAccess {
  /// So many of the latest messages are looked at.
  private static final int LATEST = 500;

  private final Files files;
  private final Entries entries;
  private final Documents documents;

  FileAccess(Files files, Entries entries, Documents documents) {
    this.files = files;
    this.entries = entries;
    this.documents = documents;
  }

  /// The file, if it is there and this user may see it.
  Optional<FileDocument> find(String id, String userId) {
    return files
        .find(id)
        .filter(file -> {
          if (file.isPicture() || file.uploadedBy().equals(userId)) {
            return true;
          }
          List<String> carriers = latest(file);
          Map<String, Entry> messages = entries.find(carriers);
          Map<Key, Head> heads =
              documents.read(messages.values().stream().map(Entry::key).distinct().toList());
          return isVisible(
              file,
              userId,
              message -> Optional.ofNullable(messages.get(message)),
              key -> Head.in(heads, key));
        });
  }

  /// Names what has to be read to decide about a file within the writer.
  public static void want(String id, Fetched known, Wants wants) {
    wants.document(Files.COLLECTION, id);
    known
        .document(Files.COLLECTION, id)
        .map(FileDocument::of)
        .ifPresent(file -> {
          for (String message : latest(file)) {
            Key key = keyOf(message);
            wants.entry(key, message);
            wants.head(key);
          }
        });
  }

  /// The same as [#find] from what was read before.
  public static Optional<FileDocument> find(String id, String userId, Fetched known) {
    Optional<Document> found = known.document(Files.COLLECTION, id);
    return found
        .map(FileDocument::of)
        .filter(file -> !file.isDeleted())
        .filter(file ->
            file.uploadedBy().equals(userId) || isVisible(file, userId, known::entry, known::head));
  }

  private static boolean isVisible(
      FileDocument file,
      String userId,
      Function<String, Optional<Entry>> messages,
      Function<Key, Head> heads) {
    return latest(file).stream()
        .anyMatch(id ->
            heads
                    .apply(keyOf(id))
                    .state(ConversationDocument.class)
                    .filter(conversation -> conversation.participants().has(userId))
                    .isPresent()
                && messages.apply(id).filter(message -> carries(message, file.id())).isPresent());
  }

  /// Whether a message carries a file, deleted messages nothing.
  static boolean carries(Entry message, String fileId) {
    return MessageDocument.of(message).attachments().stream()
        .anyMatch(attachment -> attachment.id().equals(fileId));
  }

  private static List<String> latest(FileDocument file) {
    List<String> all = file.carriers();
    return all.subList(Math.max(0, all.size() - LATEST), all.size());
  }

  static Key keyOf(String messageId) {
    return Key.parse(messageId.substring(0, messageId.lastIndexOf(':')));
  }
}
