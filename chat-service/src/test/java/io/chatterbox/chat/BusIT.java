package io.chatterbox.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chatterbox.bus.Channels;
import io.chatterbox.bus.CommandClient;
import io.chatterbox.bus.CommandEntry;
import io.chatterbox.bus.CommandItem;
import io.chatterbox.bus.Hints;
import io.chatterbox.bus.Json;
import io.chatterbox.bus.Reply;
import io.chatterbox.chat.log.Writers;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ChatCommand.JoinConversation;
import io.chatterbox.contract.ChatCommand.ListSubscriptions;
import io.chatterbox.contract.ChatCommand.MarkRead;
import io.chatterbox.contract.ChatCommand.SendMessage;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Hint;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.Refusal;
import io.chatterbox.contract.Service;
import io.chatterbox.contract.Subscriptions;
import io.chatterbox.testkit.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The service as others see it: commands in through Redis, replies and hints out.
@QuarkusTest
@QuarkusTestResource(Stores.class)
@QuarkusTestResource(Neighbours.class)
class BusIT {
  @Inject CommandClient bus;
  @Inject Channels channels;
  @Inject Hints hints;
  @Inject Json json;
  @Inject Writers writers;

  private final List<Hint> heard = new CopyOnWriteArrayList<>();
  private Caller anna;
  private Caller ben;
  private Key key;

  @BeforeEach
  void makeConversation() {
    ChatFixture chat = new ChatFixture(json);
    anna = chat.person("anna");
    ben = chat.person("ben");
    key = chat.direct(writers.another(), anna, ben);
    channels
        .subscribe(
            Service.CHAT.partitionOf(key).channel(key),
            (Buffer message) -> heard.addAll(hints.read(message)))
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  @Test
  void isReady() {
    RestAssured.get("/q/health/ready").then().statusCode(200);
  }

  @Test
  void publishesEachMessageOnceInOrder() {
    List<CommandItem> items =
        IntStream.range(0, 15).mapToObj(i -> item("m" + i, "id-" + i % 12)).toList();
    List<Reply> replies = new CopyOnWriteArrayList<>();
    bus.send(new CommandEntry(Service.CHAT, key, anna, items), replies::add);

    await().until(() -> replies.size() == 15 && heard.size() == 12);
    assertThat(replies).allMatch(Reply.Done.class::isInstance);
    assertThat(heard)
        .extracting(hint -> ((Hint.Change) hint).rev())
        .containsExactly(2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L, 13L);
  }

  @Test
  void answersAJoinAtTheRevFromWhichTheChannelGoesOn() {
    send("one");
    Reply.Done joined = bus.ask(Service.CHAT, key, ben, new JoinConversation(key.id(), null));
    assertThat(joined.rev()).isEqualTo(2);
    assertThat(joined.body().text())
        .contains("\"messages\":[{\"_id\":\"" + key.text() + ":2\"", "\"hasMore\":false");
    send("two");
    await().until(() -> heard.size() == 2);
    assertThat(((Hint.Change) heard.getLast()).rev()).isEqualTo(3);
  }

  @Test
  void publishesReadingAsAState() {
    send("one");
    bus.ask(Service.CHAT, key, ben, new MarkRead(key.id(), null, 1L));
    await().until(() -> heard.size() == 2);
    assertThat(heard.getLast()).isInstanceOf(Hint.State.class);
  }

  @Test
  void refusesWithTheCodeOfTheContract() {
    Caller eve = new ChatFixture(json).person("eve");
    Assertions.assertThatThrownBy(() ->
            bus.ask(Service.CHAT, key, eve, new SendMessage(key.id(), "hi", List.of(), null, null)))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.NOT_FOUND));
  }

  @Test
  void tellsAGatewayWhatToFollow() {
    await()
        .untilAsserted(() -> {
          Reply.Done done =
              bus.ask(
                  Service.CHAT,
                  Key.user(ben.userId()),
                  Caller.service(Service.CHAT),
                  new ListSubscriptions(ben.userId()));
          Subscriptions subscriptions = json.read(done.body(), Subscriptions.class);
          assertThat(subscriptions.rev()).isEqualTo(1);
          assertThat(subscriptions.followed()).hasSize(1);
        });
  }

  private void send(String content) {
    bus.ask(Service.CHAT, key, anna, new SendMessage(key.id(), content, List.of(), null, null));
  }

  private CommandItem item(String content, String clientMessageId) {
    RawJson body = json.write(new SendMessage(key.id(), content, List.of(), null, clientMessageId));
    return new CommandItem(UUID.randomUUID().toString(), "send-message", body);
  }
}
