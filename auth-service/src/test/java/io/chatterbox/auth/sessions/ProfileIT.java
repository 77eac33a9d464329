package io.chatterbox.auth.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.chatterbox.auth.Calls;
import io.chatterbox.auth.OtherServices;
import io.chatterbox.auth.accounts.Accounts;
import io.chatterbox.auth.deletions.Deletions;
import io.chatterbox.testkit.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stores.class)
@QuarkusTestResource(OtherServices.class)
class ProfileIT extends Calls {
  @Inject Accounts accounts;
  @Inject Deletions deletions;

  @Test
  void givesAnotherNameAndTheOldOneAway() {
    String name = unused();
    String token = register(name, name + "@example.org").path("data.accessToken");
    String next = unused();
    patch(token, "{\"username\":\"" + next + "\"}")
        .statusCode(200)
        .body("data.username", equalTo(next))
        .body("data.email", equalTo(name + "@example.org"));
    // its case alone
    patch(token, "{\"username\":\"" + next.toUpperCase(Locale.ROOT) + "\"}")
        .statusCode(200)
        .body("data.username", equalTo(next.toUpperCase(Locale.ROOT)));
    Response other = register(name, unused() + "@example.org");
    assertThat(other.statusCode()).isEqualTo(201);
    patch(other.path("data.accessToken"), "{\"username\":\"" + next + "\"}")
        .statusCode(409)
        .body("error.code", equalTo("CONFLICT"));
    patch(token, "{\"username\":\"a b\"}").statusCode(400);
    patch(token, "{\"username\":7}").statusCode(400);
  }

  @Test
  void showsAnImageOfOnesOwnOnly() {
    String token = someone().path("data.accessToken");
    patch(token, "{\"avatar\":\"nothing\"}").statusCode(404);
    patch(token, "{\"avatar\":7}").statusCode(400);
    patch(token, "{\"avatar\":\"" + OtherServices.IMAGE + "\"}")
        .statusCode(200)
        .body("data.avatar", startsWith("/api/files/" + OtherServices.IMAGE + "/content?expires="));
    patch(token, "{}").statusCode(200).body("data.avatar", containsString("&signature="));
    patch(token, "{\"avatar\":null}").statusCode(200).body("data.avatar", nullValue());
  }

  @Test
  void deletesAnAccountHereAndToldEverywhereUntilAllHaveConfirmed() {
    String name = unused();
    Response one = register(name, name + "@example.org");
    String token = one.path("data.accessToken");
    String id = one.path("data.user._id");
    delete(token, "wrong password").statusCode(403);
    OtherServices.takeAway("ai");
    try {
      delete(token, PASSWORD).statusCode(200);
      refresh(one.path("data.refreshToken")).statusCode(401);
      login(name + "@example.org", PASSWORD).statusCode(401);
      calling().auth().oauth2(token).get("/api/auth/me").then().statusCode(401);
      assertThat(accounts.findByIdOptional(id)).isEmpty();
      assertThat(register(name, name + "@example.org").statusCode()).isEqualTo(201);
      await(() -> OtherServices.deleted().containsAll(List.of("chat " + id, "presence " + id)));
      assertThat(OtherServices.deleted()).doesNotContain("ai " + id);
      assertThat(deletions.findByIdOptional(id)).isPresent();
    } finally {
      OtherServices.bringBack("ai");
    }
    await(() -> deletions.findByIdOptional(id).isEmpty());
    assertThat(OtherServices.deleted()).contains("ai " + id);
  }

  private static ValidatableResponse patch(String token, String body) {
    return calling().auth().oauth2(token).body(body).patch("/api/auth/me").then();
  }

  private static ValidatableResponse delete(String token, String password) {
    return calling()
        .auth()
        .oauth2(token)
        .body(Map.of("password", password))
        .delete("/api/auth/me")
        .then();
  }
}
