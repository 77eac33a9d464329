package io.chatterbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatterbox.stack.stores.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
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
