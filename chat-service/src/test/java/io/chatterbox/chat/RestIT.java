package io.chatterbox.chat;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.chatterbox.bus.CommandClient;
import io.chatterbox.bus.Json;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ChatCommand.SendMessage;
import io.chatterbox.contract.ChatCommand.SendRoomMessage;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.Service;
import io.chatterbox.testkit.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stores.class)
@QuarkusTestResource(Neighbours.class)
@QuarkusTestResource(TokenKeys.class)
class RestIT {
  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

  @Inject CommandClient bus;
  @Inject Json json;

  @Inject
  @ConfigProperty(name = TokenKeys.SIGNING_KEY)
  String signingKey;

  private Caller anna;
  private Caller ben;

  @BeforeEach
  void meetPeople() {
    ChatFixture chat = new ChatFixture(json);
    anna = chat.person("anna");
    ben = chat.person("ben");
  }

  @Test
  void letsNobodyInWithoutAToken() {
    for (String path : List.of("/api/conversations", "/api/rooms", "/api/rooms/general")) {
      given()
          .get(path)
          .then()
          .statusCode(401)
          .body("success", equalTo(false))
          .body("error.code", equalTo("UNAUTHORIZED"));
    }
  }

  @Test
  void opensADirectConversationOnce() {
    String id =
        open(anna, ben)
            .statusCode(201)
            .body("success", equalTo(true))
            .body("data.type", equalTo("direct"))
            .body("data.name", nullValue())
            .body("data.participants._id", containsInAnyOrder(anna.userId(), ben.userId()))
            .body("data.participants.username", containsInAnyOrder("anna", "ben"))
            .body("data.participants.role", everyItem(equalTo("member")))
            .body("data.createdBy", equalTo(anna.userId()))
            .body("data.createdAt", matchesPattern(TIME))
            .body("data.lastMessage", nullValue())
            .body("data.lastSeq", equalTo(0))
            .body("data.unread", equalTo(0))
            .extract()
            .path("data._id");
    open(anna, ben).statusCode(200).body("data._id", equalTo(id));
    open(ben, anna).statusCode(200).body("data._id", equalTo(id));
    for (Caller each : List.of(anna, ben)) {
      as(each).get("/api/conversations/" + id).then().statusCode(200).body("data._id", equalTo(id));
      as(each)
          .get("/api/conversations")
          .then()
          .statusCode(200)
          .body("data.conversations._id", hasItem(id));
    }
  }

  @Test
  void opensOneConversationWhenBothAskAtOnce() throws Exception {
    List<Callable<Response>> both = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      both.add(() -> openNow(anna, ben));
      both.add(() -> openNow(ben, anna));
    }
    List<Integer> statuses = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Future<Response> response : threads.invokeAll(both)) {
        statuses.add(response.get().statusCode());
        ids.add(response.get().path("data._id"));
      }
    }
    assertThat(ids).containsOnly(ids.getFirst()).doesNotContainNull();
    assertThat(statuses).containsOnly(200, 201).containsOnlyOnce(201);
  }

  @Test
  void opensNoConversationWithNobodyOrOneself() {
    failed(post(anna, "/api/conversations/direct", "{}"), 400, "VALIDATION_ERROR");
    failed(
        post(anna, "/api/conversations/direct", "{\"participantId\":7}"), 400, "VALIDATION_ERROR");
    failed(
        post(anna, "/api/conversations/direct", body("participantId", anna.userId())),
        400,
        "VALIDATION_ERROR");
    failed(
        post(anna, "/api/conversations/direct", body("participantId", "nobody-1")),
        404,
        "NOT_FOUND");
  }

  @Test
  void hidesConversationsFromOthers() {
    String id = open(anna, ben).extract().path("data._id");
    Caller eve = new ChatFixture(json).person("eve");
    for (String path : List.of("", "/messages")) {
      failed(as(eve).get("/api/conversations/" + id + path), 404, "NOT_FOUND");
      failed(as(eve).get("/api/conversations/nothing" + path), 404, "NOT_FOUND");
    }
    failed(post(eve, "/api/conversations/" + id + "/read", "{\"upToSeq\":1}"), 404, "NOT_FOUND");
    failed(as(eve).get("/api/conversations/" + id + "/read"), 404, "NOT_FOUND");
    as(eve)
        .get("/api/conversations")
        .then()
        .body("data.conversations", empty())
        .body("data.pagination.total", equalTo(0));
  }

  @Test
  void listsTheNewestActivityFirstInPages() {
    ChatFixture chat = new ChatFixture(json);
    List<String> ids = new ArrayList<>();
    for (String name : List.of("c1", "c2", "c3")) {
      ids.add(open(anna, chat.person(name)).extract().path("data._id"));
    }
    send(anna, ids.getFirst(), "newest");
    as(anna)
        .get("/api/conversations?limit=2")
        .then()
        .body("data.conversations._id", equalTo(List.of(ids.get(0), ids.get(2))))
        .body("data.conversations[0].lastMessage.content", equalTo("newest"))
        .body("data.pagination", equalTo(Map.of("page", 1, "limit", 2, "total", 3)));
    as(anna)
        .get("/api/conversations?limit=2&page=2&type=direct")
        .then()
        .body("data.conversations._id", equalTo(List.of(ids.get(1))));
    as(anna)
        .get("/api/conversations?page=99999999999999999999&limit=5000")
        .then()
        .statusCode(200)
        .body("data.conversations", empty())
        .body("data.pagination.limit", equalTo(100));
    as(anna).get("/api/conversations?type=group").then().body("data.pagination.total", equalTo(0));
    for (String bad :
        List.of("page=0", "page=-1", "page=x", "limit=0", "limit=1.5", "limit=%20", "type=x")) {
      failed(
          as(anna).urlEncodingEnabled(false).get("/api/conversations?" + bad),
          400,
          "VALIDATION_ERROR");
    }
  }

  @Test
  void turnsThePagesOfAHistory() {
    String id = open(anna, ben).extract().path("data._id");
    for (int i = 1; i <= 5; i++) {
      send(i % 2 == 0 ? ben : anna, id, "m" + i);
    }
    String path = "/api/conversations/" + id + "/messages";
    String before =
        as(anna)
            .get(path + "?limit=2")
            .then()
            .body("data.messages.seq", equalTo(List.of(5, 4)))
            .body("data.pagination.hasMore", equalTo(true))
            .extract()
            .path("data.pagination.before");
    as(anna)
        .get(path + "?limit=3&before=" + before)
        .then()
        .body("data.messages.content", equalTo(List.of("m3", "m2", "m1")))
        .body("data.pagination", equalTo(Map.of("limit", 3, "hasMore", false)));
    String after =
        as(anna)
            .get(path + "?limit=1&after=" + before)
            .then()
            .body("data.messages.seq", equalTo(List.of(5)))
            .body("data.pagination.hasMore", equalTo(false))
            .extract()
            .path("data.messages[0]._id");
    as(anna).get(path + "?after=" + after).then().body("data.messages", empty());
    as(anna)
        .get(path)
        .then()
        .body("data.messages", hasSize(5))
        .body("data.messages[0].attachments", empty())
        .body("data.messages[0].reactions", empty())
        .body("data.messages[0].mentions", empty())
        .body("data.messages[0].type", equalTo("text"))
        .body("data.messages[0].createdAt", matchesPattern(TIME))
        .body("data.messages[0].sender", equalTo(Map.of("_id", anna.userId(), "username", "anna")))
        .body("data.messages[0]", not(hasItem("replyTo")))
        .body("data.pagination.limit", equalTo(50));
    failed(as(anna).get(path + "?before=x"), 404, "NOT_FOUND");
    failed(as(anna).get(path + "?before=" + before + "&after=" + before), 400, "VALIDATION_ERROR");
    failed(as(anna).get(path + "?limit=no"), 400, "VALIDATION_ERROR");
  }

  @Test
  void countsWhatIsUnread() {
    String id = open(anna, ben).extract().path("data._id");
    send(anna, id, "one");
    send(anna, id, "two");
    send(ben, id, "three");
    as(ben).get("/api/conversations/" + id).then().body("data.unread", equalTo(2));
    post(ben, "/api/conversations/" + id + "/read", "{\"upToSeq\":1}")
        .then()
        .statusCode(200)
        .body("data", equalTo(Map.of("unread", 1)));
    as(anna)
        .get("/api/conversations/" + id + "/read")
        .then()
        .body("data.readers.find { it.userId == '" + ben.userId() + "' }.upToSeq", equalTo(1))
        .body("data.readers.find { it.userId == '" + anna.userId() + "' }.upToSeq", equalTo(0));
    as(ben).get("/api/conversations/" + id).then().body("data.unread", equalTo(1));
    as(anna).get("/api/conversations/" + id).then().body("data.unread", equalTo(1));
    for (String bad :
        List.of(
            "{}",
            "{\"upToSeq\":0}",
            "{\"upToSeq\":1.5}",
            "{\"upToSeq\":\"1\"}",
            "{\"messageIds\":[]}",
            "{\"messageIds\":\"x\"}",
            "{\"messageIds\":[\"x\"],\"upToSeq\":1}",
            "[",
            "")) {
      failed(post(ben, "/api/conversations/" + id + "/read", bad), 400, "VALIDATION_ERROR");
    }
  }

  @Test
  void listsTheFirstRooms() {
    as(anna)
        .get("/api/rooms?limit=100")
        .then()
        .statusCode(200)
        .body("data.rooms._id", hasItems("general", "random", "tech"))
        .body("data.rooms.createdAt", everyItem(matchesPattern(TIME)))
        .body("data.pagination.page", equalTo(1));
    as(anna)
        .get("/api/rooms/general")
        .then()
        .statusCode(200)
        .body("data.name", equalTo("general"))
        .body("data.description", nullValue())
        .body("data.userCount", equalTo(1))
        .body("data.lastSeq", notNullValue());
  }

  @Test
  void makesARoomAndReadsItsMessages() {
    String name = "r-" + UUID.randomUUID();
    post(anna, "/api/rooms", "{\"name\":\"" + name + "\",\"description\":\"about\"}")
        .then()
        .statusCode(201)
        .body("data._id", equalTo(name))
        .body("data.description", equalTo("about"))
        .body("data.userCount", equalTo(0))
        .body("data.lastSeq", equalTo(0));
    failed(post(ben, "/api/rooms", "{\"name\":\"" + name + "\"}"), 409, "CONFLICT");
    failed(post(ben, "/api/rooms", "{\"name\":\"No Name\"}"), 400, "VALIDATION_ERROR");
    failed(post(ben, "/api/rooms", "{}"), 400, "VALIDATION_ERROR");
    as(ben).get("/api/rooms?limit=1").then().body("data.rooms._id", equalTo(List.of(name)));

    bus.ask(Service.CHAT, Key.room(name), anna, new SendRoomMessage(name, "hi", "mine"));
    as(anna)
        .get("/api/rooms/" + name + "/messages")
        .then()
        .statusCode(200)
        .body("data.messages.content", equalTo(List.of("hi")))
        .body("data.messages[0].clientMessageId", equalTo("mine"));
    as(ben)
        .get("/api/rooms/" + name + "/messages")
        .then()
        .body("data.messages[0].clientMessageId", nullValue());
    for (String path :
        List.of("/api/rooms/unknown", "/api/rooms/NOT%20ONE", "/api/rooms/unknown/messages")) {
      failed(as(ben).get(path), 404, "ROOM_NOT_FOUND");
    }
  }

  @Test
  void hasNothingAtOtherPaths() {
    String id = open(anna, ben).extract().path("data._id");
    failed(as(anna).get("/api/conversations/" + id + "/pins"), 404, "NOT_FOUND");
    failed(as(anna).delete("/api/conversations/group"), 405, "NOT_FOUND");
  }

  private Response openNow(Caller one, Caller other) {
    return post(one, "/api/conversations/direct", body("participantId", other.userId()));
  }

  private ValidatableResponse open(Caller one, Caller other) {
    return openNow(one, other).then();
  }

  private void send(Caller sender, String conversationId, String content) {
    bus.ask(
        Service.CHAT,
        Key.conversation(conversationId),
        sender,
        new SendMessage(conversationId, content, List.of(), null, null));
  }

  private Response post(Caller caller, String path, String body) {
    return as(caller).contentType("application/json").body(body).post(path);
  }

  private static String body(String field, String value) {
    return "{\"" + field + "\":\"" + value + "\"}";
  }

  private static void failed(Response response, int status, String code) {
    response
        .then()
        .statusCode(status)
        .body("success", equalTo(false))
        .body("error.code", equalTo(code))
        .body("error.message", notNullValue());
  }

  private RequestSpecification as(Caller caller) {
    return new RestCalls(signingKey).as(caller);
  }
}
