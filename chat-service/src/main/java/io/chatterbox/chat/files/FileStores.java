package io.chatterbox.chat.files;

import com.mongodb.client.MongoDatabase;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Which store keeps the bytes.
class FileStores {

  @Produces
  @Singleton
  FileBytes bytes(MongoDatabase database) {
    return new GridFsBytes(database);
  }
}
