package io.chatterbox.chat.files;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.chatterbox.rest.FileLinks;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A file as those see it who may.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FileView(
    @JsonProperty("_id") String id,
    String filename,
    String originalName,
    String mimetype,
    long size,
    String url,
    @Nullable String thumbnailUrl,
    String uploadedBy,
    Instant createdAt) {

  static FileView of(FileDocument file, FileLinks links) {
    return new FileView(
        file.id(),
        file.filename(),
        file.originalName(),
        file.mimetype(),
        file.size(),
        links.content(file.id()),
        file.isImage() ? links.thumbnail(file.id()) : null,
        file.uploadedBy(),
        file.createdAt());
  }
}
