package io.chatterbox.gateway.ops;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chatterbox.gateway.Surroundings;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(NoOperatorsIT.Nobody.class)
class NoOperatorsIT {
  @TestHTTPResource
  @SuppressWarnings("NullAway.Init") // set by Quarkus
  URI server;

  @Test
  void whereNobodyIsAnOperatorThereIsNoSuchPage() {
    String unknown = given().get("/nothing-here").then().statusCode(404).extract().asString();
    assertThat(unknown).contains("NOT_FOUND");
    for (String path : List.of("/ops", "/ops.html", "/ops/feed")) {
      assertThat(given().get(path).then().statusCode(404).extract().asString()).isEqualTo(unknown);
    }
    assertThatThrownBy(() -> OpsPage.open(server)).hasStackTraceContaining("404");
  }

  /// Without the setting.
  public static final class Nobody implements QuarkusTestProfile {
    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(
          new TestResourceEntry(Surroundings.class, Map.of(Surroundings.NO_OPERATORS, "true")));
    }

    @Override
    public boolean disableGlobalTestResources() {
      return true;
    }
  }
}
