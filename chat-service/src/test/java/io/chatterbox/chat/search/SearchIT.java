package io.chatterbox.chat.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.chatterbox.bus.Json;
import io.chatterbox.bus.PendingCommand;
import io.chatterbox.chat.ChatFixture;
import io.chatterbox.chat.Neighbours;
import io.chatterbox.chat.RestCalls;
import io.chatterbox.chat.TokenKeys;
import io.chatterbox.chat.log.Entry;
import io.chatterbox.chat.log.Writer;
import io.chatterbox.chat.log.Writers;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ChatCommand.SendMessage;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.MessageCommand.DeleteMessage;
import io.chatterbox.contract.MessageCommand.EditMessage;
import io.chatterbox.testkit.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stores.class)
@QuarkusTestResource(Neighbours.class)
@QuarkusTestResource(TokenKeys.class)
class SearchIT {
  @Inject Writers writers;
  @Inject Json json;

  @Inject
  @ConfigProperty(name = TokenKeys.SIGNING_KEY)
  String signingKey;

  private ChatFixture chat;
  private Writer writer;
  private Caller anna;
  private Key ben;
  private Key cora;

  @BeforeEach
  void meetPeople() {
    chat = new ChatFixture(json);
    writer = writers.another();
    anna = chat.person("anna");
    ben = chat.direct(writer, anna, chat.person("ben"));
    cora = chat.direct(writer, anna, chat.person("cora"));
  }

  @Test
  void findsPartsOfWordsWithoutCase() {
    send(ben, "Straßenbahn fährt", "nothing", "a.c (x) and more", "BAHNHOF");
    assertThat(found(ben, "bahn")).containsExactly("BAHNHOF", "Straßenbahn fährt");
    assertThat(found(ben, "FÄHRT")).containsExactly("Straßenbahn fährt");
    assertThat(found(ben, "fa\u0308hrt")).containsExactly("Straßenbahn fährt");
    assertThat(found(ben, ".c (x)")).containsExactly("a.c (x) and more");
    assertThat(found(ben, "abc")).isEmpty();
  }

  @Test
  void findsWhatMessagesSayNow() {
    send(ben, "old words", "secret");
    writer.write(
        List.of(
            chat.command(anna, new EditMessage(ben.id(), Entry.id(ben, 2), "new words")),
            chat.command(anna, new DeleteMessage(ben.id(), Entry.id(ben, 3)))));
    assertThat(found(ben, "old")).isEmpty();
    assertThat(found(ben, "secret")).isEmpty();
    assertThat(found(ben, "words")).containsExactly("new words");
  }

  @Test
  void turnsPagesThroughManyMessages() {
    for (int batch = 0; batch < 3; batch++) {
      List<String> contents = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        contents.add(i % 100 == 0 ? "needle " + (batch * 400 + i) : "hay");
      }
      send(ben, contents.toArray(String[]::new));
    }
    List<String> all = new ArrayList<>();
    @Nullable String before = null;
    do {
      Response page = ask(anna, in(ben), "needle", "5", before);
      all.addAll(page.path("data.messages.content"));
      before = page.path("data.pagination.before");
      if (all.size() == 5) {
        send(ben, "needle while one reads");
      }
    } while (before != null);
    assertThat(all)
        .containsExactly(
            "needle 1100",
            "needle 1000",
            "needle 900",
            "needle 800",
            "needle 700",
            "needle 600",
            "needle 500",
            "needle 400",
            "needle 300",
            "needle 200",
            "needle 100",
            "needle 0");
  }

  @Test
  void searchesEverywhereInTheOrderOfTime() {
    send(ben, "word 1");
    send(cora, "word 2");
    send(ben, "word 3", "word 4");
    send(cora, "word 5");
    Key foreign = chat.direct(writer, chat.person("dora"), chat.person("emil"));
    assertThat(foreign).isNotEqualTo(ben);
    List<String> all = new ArrayList<>();
    @Nullable String before = null;
    do {
      Response page = ask(anna, "/api/search", "word", "2", before);
      List<String> contents = page.path("data.messages.content");
      all.addAll(contents);
      before = page.path("data.pagination.before");
    } while (before != null);
    assertThat(all).hasSize(5).doesNotHaveDuplicates();
    assertThat(all.getFirst()).isEqualTo("word 5");
    assertThat(all.getLast()).isEqualTo("word 1");
    assertThat(contents(ask(chat.person("eve"), "/api/search", "word", null, null))).isEmpty();
  }

  @Test
  void refusesBadQuestions() {
    send(ben, "word");
    for (String path : List.of(in(ben), "/api/search")) {
      for (String q : List.of("", "a", " a ", "x".repeat(101))) {
        failed(ask(anna, path, q, null, null), 400, "VALIDATION_ERROR");
      }
      failed(as(anna, path), 400, "VALIDATION_ERROR");
      failed(ask(anna, path, "word", "0", null), 400, "VALIDATION_ERROR");
      failed(ask(anna, path, "word", null, "x"), 404, "NOT_FOUND");
      failed(ask(anna, path, "word", null, Entry.id(ben, 1)), 404, "NOT_FOUND");
    }
    failed(ask(chat.person("eve"), in(ben), "word", null, null), 404, "NOT_FOUND");
    failed(ask(anna, "/api/conversations/none/search", "word", null, null), 404, "NOT_FOUND");
    failed(ask(anna, in(ben), "word", null, Entry.id(cora, 2)), 404, "NOT_FOUND");
  }

  private List<String> found(Key conversation, String q) {
    return contents(ask(anna, in(conversation), q, null, null));
  }

  private static List<String> contents(Response response) {
    return response.then().statusCode(200).extract().path("data.messages.content");
  }

  private static String in(Key conversation) {
    return "/api/conversations/" + conversation.id() + "/search";
  }

  private Response as(Caller caller, String path) {
    return new RestCalls(signingKey).as(caller).get(path);
  }

  private Response ask(
      Caller caller, String path, String q, @Nullable String limit, @Nullable String before) {
    var request = new RestCalls(signingKey).as(caller).queryParam("q", q);
    if (limit != null) {
      request.queryParam("limit", limit);
    }
    if (before != null) {
      request.queryParam("before", before);
    }
    return request.get(path);
  }

  private static void failed(Response response, int status, String code) {
    response.then().statusCode(status).body("error.code", equalTo(code));
  }

  private void send(Key conversation, String... contents) {
    List<PendingCommand> commands = new ArrayList<>();
    for (String content : contents) {
      SendMessage send = new SendMessage(conversation.id(), content, List.of(), null, null);
      commands.add(chat.command(anna, send));
    }
    writer.write(commands);
  }
}
