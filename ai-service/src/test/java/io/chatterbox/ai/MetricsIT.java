package io.chatterbox.ai;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import io.chatterbox.testkit.DocumentedMetrics;
import io.chatterbox.testkit.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stores.class)
class MetricsIT {

  @Test
  void everyDocumentedNameIsTold() throws IOException {
    DocumentedMetrics documented = DocumentedMetrics.read();
    assertThat(documented.of("ai")).hasSizeGreaterThan(10);
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() ->
            assertThat(documented.missing("ai", given().get("/q/metrics").asString())).isEmpty());
  }

  @Test
  void tellsWhatMayBeCalled() {
    given()
        .get("/q/openapi")
        .then()
        .statusCode(200)
        .contentType("application/yaml")
        .body(containsString("/api/ai/"));
  }
}
