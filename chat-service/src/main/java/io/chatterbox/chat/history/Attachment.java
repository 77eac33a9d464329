package io.chatterbox.chat.history;

import org.bson.Document;

/// A file that a message carries, as it was when the message was written.
///
/// @param isImage whether there is a small copy of it
/// @param isDeleted whether the file is gone
public record Attachment(
    String id,
    String originalName,
    String mimetype,
    long size,
    boolean isImage,
    boolean isDeleted) {

  static Attachment of(Document document) {
    return new Attachment(
        document.getString("_id"),
        document.getString("originalName"),
        document.getString("mimetype"),
        document.getLong("size"),
        document.getBoolean("image", false),
        document.getBoolean("deleted", false));
  }

  /// The same of a file that is gone.
  public Attachment deleted() {
    return new Attachment(id, originalName, mimetype, size, isImage, true);
  }

  Document document() {
    Document document =
        new Document("_id", id)
            .append("originalName", originalName)
            .append("mimetype", mimetype)
            .append("size", size);
    if (isImage) {
      document.append("image", true);
    }
    if (isDeleted) {
      document.append("deleted", true);
    }
    return document;
  }
}
