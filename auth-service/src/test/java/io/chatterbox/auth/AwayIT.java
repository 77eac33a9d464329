package io.chatterbox.auth;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.chatterbox.stack.stores.Ports;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A service whose stores are away from the start: it waits for them.
@QuarkusTest
@TestProfile(AwayIT.WithoutStores.class)
class AwayIT {

  @Test
  void itLivesAndSaysWhatItIsWaitingFor() {
    List<String> down =
        given()
            .get("/q/health/ready")
            .then()
            .statusCode(503)
            .extract()
            .jsonPath()
            .getList("checks.findAll { it.status == 'DOWN' }.name");
    assertThat(down)
        .contains("Redis connection health check", "MongoDB connection health check", "auth");
    given().get("/q/health/live").then().statusCode(200).body("status", equalTo("UP"));
    given().get("/q/metrics").then().statusCode(200);
  }

  /// Nothing is where the stores should be.
  public static final class WithoutStores implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      int nobody = Ports.free();
      return Map.of(
          "quarkus.redis.hosts",
          "redis://127.0.0.1:" + nobody,
          "quarkus.mongodb.connection-string",
          "mongodb://127.0.0.1:" + nobody,
          "quarkus.mongodb.server-selection-timeout",
          "500ms",
          "quarkus.http.test-port",
          Integer.toString(Ports.free()));
    }

    @Override
    public boolean disableGlobalTestResources() {
      return true;
    }
  }
}
