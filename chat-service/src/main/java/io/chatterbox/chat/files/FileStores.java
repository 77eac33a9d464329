package io.chatterbox.chat.files;

import com.mongodb.client.MongoDatabase;
import io.chatterbox.chat.ChatConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;

/// Which store keeps the bytes.
class FileStores {

  @Produces
  @Singleton
  FileBytes bytes(MongoDatabase database, ChatConfig config, Clock clock) {
    Optional<ChatConfig.S3> s3 = config.files().s3();
    return s3.isPresent() ? new S3Bytes(s3.get(), clock) : new GridFsBytes(database);
  }
}
