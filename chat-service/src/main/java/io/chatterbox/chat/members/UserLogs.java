package io.chatterbox.chat.members;

import io.chatterbox.chat.log.KeyStore;
import io.chatterbox.contract.Key;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.bson.Document;

/// The collection `users`: how far each user's own log was applied.
@Singleton
class UserLogs implements KeyStore<UserDocument> {

  @Override
  public Key.Kind kind() {
    return Key.Kind.USER;
  }

  @Override
  public String collection() {
    return "users";
  }

  @Override
  public UserDocument read(Document document) {
    return new UserDocument();
  }

  @Override
  public Document changes(Optional<UserDocument> before, UserDocument after) {
    return new Document();
  }
}
