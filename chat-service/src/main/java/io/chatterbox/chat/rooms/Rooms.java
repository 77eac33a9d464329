package io.chatterbox.chat.rooms;

import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;
import static com.mongodb.client.model.Sorts.orderBy;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Projections;
import io.chatterbox.chat.log.KeyStore;
import io.chatterbox.contract.Key;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bson.Document;

/// The collection `rooms`.
@Singleton
class Rooms implements KeyStore<RoomDocument> {
  private final MongoDatabase database;

  Rooms(MongoDatabase database) {
    this.database = database;
  }

  @Override
  public Key.Kind kind() {
    return Key.Kind.ROOM;
  }

  @Override
  public String collection() {
    return "rooms";
  }

  @Override
  public RoomDocument read(Document document) {
    return new RoomDocument(
        Optional.ofNullable(document.getString("description")),
        document.getString("createdBy"),
        document.getDate("createdAt").toInstant());
  }

  @Override
  public Document changes(Optional<RoomDocument> before, RoomDocument after) {
    if (before.isPresent()) {
      return new Document();
    }
    Document fields =
        new Document("createdBy", after.createdBy())
            .append("createdAt", Date.from(after.createdAt()));
    after.description().ifPresent(text -> fields.append("description", text));
    return fields;
  }

  /// Names of rooms, the newest first.
  List<String> list(int skip, int limit) {
    List<String> names = new ArrayList<>();
    for (Document document :
        database
            .getCollection(collection())
            .find()
            .projection(Projections.include("_id"))
            .sort(orderBy(descending("createdAt"), ascending("_id")))
            .skip(skip)
            .limit(limit)) {
      names.add(document.getString("_id"));
    }
    return names;
  }

  long count() {
    return database.getCollection(collection()).countDocuments();
  }
}
