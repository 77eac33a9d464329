package io.chatterbox.chat.log;

import com.mongodb.client.model.WriteModel;
import org.bson.Document;

/// A write to another collection that belongs to an entry. It may be done more than once, so it has
/// to come to the same each time.
public record SideWrite(String collection, WriteModel<Document> write) {}
