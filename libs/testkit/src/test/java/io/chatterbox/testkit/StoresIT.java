package io.chatterbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import io.chatterbox.stack.stores.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.bson.Document;
import org.junit.jupiter.api.Test;

class StoresIT {

  @Test
  void aRedisIsStartedAndComesBackOnItsPortAfterAKill() throws IOException {
    try (StoreProcess redis = TestRedis.start()) {
      assertThat(pong(redis.port())).isEqualTo("+PONG");
      redis.kill();
      assertThat(Ports.answers(redis.port())).isFalse();
      redis.startAgain();
      assertThat(pong(redis.port())).isEqualTo("+PONG");
    }
  }

  @Test
  void aPausedRedisAnswersWhenItGoesOn() throws IOException {
    try (StoreProcess redis = TestRedis.start()) {
      redis.pause();
      redis.resume();
      assertThat(pong(redis.port())).isEqualTo("+PONG");
    }
  }

  @Test
  void aMongoIsStartedAndStops() {
    try (StoreProcess mongo = TestMongo.start()) {
      assertThat(Ports.answers(mongo.port())).isTrue();
      mongo.stop();
      assertThat(Ports.answers(mongo.port())).isFalse();
    }
  }

  @Test
  void aKilledMongoHasAllThatItAcknowledged() {
    try (StoreProcess mongo = TestMongo.start()) {
      try (MongoClient client = MongoClients.create(mongo.url())) {
        MongoCollection<Document> numbers = client.getDatabase("kept").getCollection("numbers");
        for (int number = 0; number < 200; number++) {
          numbers.insertOne(new Document("_id", number));
        }
        mongo.kill();
      }
      mongo.startAgain();
      try (MongoClient client = MongoClients.create(mongo.url())) {
        assertThat(client.getDatabase("kept").getCollection("numbers").countDocuments())
            .isEqualTo(200);
      }
    }
  }

  @Test
  void anEmptiedRedisHasForgotten() throws IOException {
    try (StoreProcess redis = TestRedis.start()) {
      assertThat(ask(redis.port(), "SET kept yes", 3)).isEqualTo("+OK");
      TestRedis.empty(redis);
      assertThat(ask(redis.port(), "EXISTS kept", 2)).isEqualTo(":0");
    }
  }

  private static String pong(int port) throws IOException {
    return ask(port, "PING", 5);
  }

  private static String ask(int port, String command, int length) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readNBytes(length);
      return new String(answer, StandardCharsets.US_ASCII);
    }
  }
}
