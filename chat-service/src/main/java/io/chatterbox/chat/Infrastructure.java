package io.chatterbox.chat;

import com.mongodb.ReadConcern;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import io.chatterbox.rest.FileLinks;
import io.chatterbox.rest.RestConfig;
import io.chatterbox.rest.ServicesConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// What the parts share and do not make themselves.
class Infrastructure {

  /// The service's database. Whatever it acknowledges has reached a majority's journals, and
  /// whatever it shows can no more be rolled back.
  @Produces
  @Singleton
  MongoDatabase database(
      MongoClient client, @ConfigProperty(name = "quarkus.mongodb.database") String name) {
    return client
        .getDatabase(name)
        .withWriteConcern(WriteConcern.MAJORITY.withJournal(true))
        .withReadConcern(ReadConcern.MAJORITY);
  }

  @Produces
  @Singleton
  FileLinks fileLinks(ServicesConfig services, RestConfig config, Clock clock) {
    return new FileLinks(services, config, clock);
  }
}
