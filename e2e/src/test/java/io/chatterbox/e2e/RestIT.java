package io.chatterbox.e2e;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;

import io.restassured.builder.RequestSpecBuilder;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The REST half: what one gateway is told, the other one knows.
@ExtendWith(Suite.class)
class RestIT {
  private static final String PASSWORD = "correct horse battery";

  private final URI first;
  private final URI second;

  RestIT(Running running) {
    this.first = running.gateways().getFirst();
    this.second = running.gateways().getLast();
    assertThat(first).isNotEqualTo(second);
  }

  private record Someone(String id, String username, String email, String token) {}

  private static RequestSpecification at(URI gateway) {
    return given(
        new RequestSpecBuilder()
            .setBaseUri(gateway)
            .setContentType(ContentType.JSON)
            .setAccept(ContentType.JSON)
            .build());
  }

  private static RequestSpecification at(URI gateway, Someone someone) {
    return at(gateway).header("Authorization", "Bearer " + someone.token());
  }

  private Someone register() {
    String username = "rest_" + UUID.randomUUID().toString().substring(0, 13);
    Response answer =
        at(first)
            .body(
                Map.of(
                    "username", username,
                    "email", username + "@example.org",
                    "password", PASSWORD))
            .post("/api/auth/register");
    answer.then().statusCode(201).body("success", equalTo(true));
    return new Someone(
        answer.path("data.user._id"),
        username,
        username + "@example.org",
        answer.path("data.accessToken"));
  }

  private String direct(URI gateway, Someone asking, Someone other, int status) {
    Response answer =
        at(gateway, asking)
            .body(Map.of("participantId", other.id()))
            .post("/api/conversations/direct");
    answer.then().statusCode(status).body("data.type", equalTo("direct"));
    return answer.path("data._id");
  }

  @Test
  void everyGatewayAnswersThatAllServicesAreUp() {
    for (URI gateway : List.of(first, second)) {
      at(gateway)
          .get("/api/health")
          .then()
          .statusCode(200)
          .body("status", equalTo("ok"))
          .body("services.auth", equalTo("up"))
          .body("services.chat", equalTo("up"))
          .body("services.presence", equalTo("up"))
          .body("services.ai", equalTo("up"));
    }
  }

  @Test
  void anAccountMadeAtOneGatewaySignsInAtTheOther() {
    Someone ann = register();
    Response signedIn =
        at(second).body(Map.of("email", ann.email(), "password", PASSWORD)).post("/api/auth/login");
    signedIn
        .then()
        .statusCode(200)
        .body("data.user._id", equalTo(ann.id()))
        .body("data.user.username", equalTo(ann.username()))
        .body("data.accessToken", notNullValue())
        .body("data.refreshToken", notNullValue());
    at(second, ann)
        .get("/api/auth/me")
        .then()
        .statusCode(200)
        .body("data._id", equalTo(ann.id()))
        .body("data.email", equalTo(ann.email()))
        .body(
            "data.createdAt",
            matchesPattern("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"));
    at(second)
        .body(Map.of("email", ann.email(), "password", "another horse"))
        .post("/api/auth/login")
        .then()
        .statusCode(401)
        .body("success", equalTo(false))
        .body("error.code", equalTo("UNAUTHORIZED"));
  }

  @Test
  void aRefreshTokenIsRotatedAcrossGateways() {
    Someone ann = register();
    String refreshToken =
        at(first)
            .body(Map.of("email", ann.email(), "password", PASSWORD))
            .post("/api/auth/login")
            .path("data.refreshToken");
    Response fresh =
        at(second).body(Map.of("refreshToken", refreshToken)).post("/api/auth/refresh");
    fresh.then().statusCode(200).body("data.accessToken", notNullValue());
    assertThat(fresh.<String>path("data.refreshToken")).isNotEqualTo(refreshToken);
  }

  @Test
  void aPairHasOneConversationWhoeverAsksAndWherever() {
    Someone ann = register();
    Someone bob = register();
    String id = direct(first, ann, bob, 201);
    assertThat(direct(second, bob, ann, 200)).isEqualTo(id);
    at(second, bob)
        .get("/api/conversations")
        .then()
        .statusCode(200)
        .body("data.conversations._id", hasItems(id))
        .body("data.pagination.total", equalTo(1));
    at(first, ann)
        .body(Map.of("participantId", ann.id()))
        .post("/api/conversations/direct")
        .then()
        .statusCode(400)
        .body("error.code", equalTo("VALIDATION_ERROR"));
  }

  @Test
  void aStrangerIsToldThatThereIsNothing() {
    Someone ann = register();
    String id = direct(first, ann, register(), 201);
    Someone stranger = register();
    for (String path : List.of("/api/conversations/" + id, "/api/conversations/nothing")) {
      at(second, stranger)
          .get(path)
          .then()
          .statusCode(404)
          .body("error.code", equalTo("NOT_FOUND"));
    }
  }

  @Test
  void aRoomMadeAtOneGatewayIsAtTheOther() {
    Someone ann = register();
    String name = "rest-" + UUID.randomUUID().toString().substring(0, 8);
    at(first, ann)
        .body(Map.of("name", name, "description", "about nothing"))
        .post("/api/rooms")
        .then()
        .statusCode(201)
        .body("data.name", equalTo(name));
    at(second, ann)
        .get("/api/rooms/" + name)
        .then()
        .statusCode(200)
        .body("data.description", equalTo("about nothing"))
        .body("data.lastSeq", equalTo(0));
    at(second, ann)
        .body(Map.of("name", name))
        .post("/api/rooms")
        .then()
        .statusCode(409)
        .body("error.code", equalTo("CONFLICT"));
    at(first, ann)
        .get("/api/rooms/no-such-room")
        .then()
        .statusCode(404)
        .body("error.code", equalTo("ROOM_NOT_FOUND"));
  }

  @Test
  void withoutATokenEverythingButTheOpenListIsRefused() {
    for (String path :
        List.of("/api/auth/me", "/api/users", "/api/conversations", "/api/rooms", "/api/nothing")) {
      at(first)
          .get(path)
          .then()
          .statusCode(401)
          .body("success", equalTo(false))
          .body("error.code", equalTo("UNAUTHORIZED"));
    }
    at(first).get("/.well-known/jwks.json").then().statusCode(200).body(containsString("keys"));
  }

  @Test
  void whatTheHttpLayerFindsComesInTheSameEnvelope() {
    Someone ann = register();
    at(first, ann)
        .get("/api/nothing")
        .then()
        .statusCode(404)
        .body("success", equalTo(false))
        .body("error.code", equalTo("NOT_FOUND"));
    at(first, ann)
        .body("{\"name\":")
        .post("/api/rooms")
        .then()
        .statusCode(400)
        .body("error.code", equalTo("VALIDATION_ERROR"));
    at(first, ann)
        .delete("/api/rooms")
        .then()
        .statusCode(405)
        .body("error.code", equalTo("NOT_FOUND"));
  }

  @Test
  void whatServicesAskEachOtherIsNotReachableFromOutside() {
    Someone ann = register();
    for (String path :
        List.of(
            "/internal/users?ids=" + ann.id(), "/internal/presence", "/internal/rooms/occupants")) {
      at(first, ann).urlEncodingEnabled(false).get(path).then().statusCode(404);
    }
    for (String path :
        List.of("/api/../internal/users?ids=x", "/api/%2e%2e/internal/users?ids=x")) {
      at(first, ann)
          .urlEncodingEnabled(false)
          .get(path)
          .then()
          .statusCode(400)
          .body("error.code", equalTo("VALIDATION_ERROR"));
    }
  }
}
