package io.chatterbox.chat.files;

import io.chatterbox.chat.history.Attachment;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bson.Document;

/// What is known of a file besides its bytes.
///
/// @param filename the server's own name for it
/// @param originalName what its uploader calls it
/// @param isImage whether there is a small copy
/// @param carriers ids of messages that carry it, or did
/// @param isPicture whether it is its uploader's picture of himself, which everybody may see
/// @param isDeleted whether only this trace is left
public record FileDocument(
    String id,
    String filename,
    String originalName,
    String mimetype,
    long size,
    boolean isImage,
    String uploadedBy,
    Instant createdAt,
    List<String> carriers,
    boolean isPicture,
    boolean isDeleted) {

  static final String CARRIERS = "carriers";
  static final String PICTURE = "picture";
  static final String DELETED = "deletedAt";

  public FileDocument {
    carriers = List.copyOf(carriers);
  }

  public static FileDocument of(Document document) {
    return new FileDocument(
        document.getString("_id"),
        document.getString("filename"),
        document.getString("originalName"),
        document.getString("mimetype"),
        document.getLong("size"),
        document.getBoolean("image", false),
        document.getString("uploadedBy"),
        document.getDate("createdAt").toInstant(),
        document.getList(CARRIERS, String.class, List.of()),
        document.getBoolean(PICTURE, false),
        document.getDate(DELETED) != null);
  }

  /// As a message carries it.
  public Attachment attachment() {
    return new Attachment(id, originalName, mimetype, size, isImage, isDeleted);
  }

  Document document() {
    return new Document("_id", id)
        .append("filename", filename)
        .append("originalName", originalName)
        .append("mimetype", mimetype)
        .append("size", size)
        .append("image", isImage)
        .append("uploadedBy", uploadedBy)
        .append("createdAt", Date.from(createdAt));
  }
}
