package io.chatterbox.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chatterbox.testkit.DocumentedMetrics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class MetricsIT {

  @Test
  void nobodyOutsideReadsThem() {
    for (String path : List.of("/q/metrics", "/q/health", "/q/health/ready", "/q")) {
      given().header("X-Forwarded-For", "203.0.113.7").get(path).then().statusCode(404);
      given().header("Forwarded", "for=203.0.113.7").get(path).then().statusCode(404);
    }
    given().get("/q/metrics").then().statusCode(200);
  }

  @Test
  void everyDocumentedNameIsTold() throws IOException {
    DocumentedMetrics documented = DocumentedMetrics.read();
    assertThat(documented.of("gateway")).hasSizeGreaterThan(10);
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() ->
            assertThat(documented.missing("gateway", given().get("/q/metrics").asString()))
                .isEmpty());
  }
}
