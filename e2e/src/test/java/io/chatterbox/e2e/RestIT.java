package io.chatterbox.e2e;

import static io.restassured.RestAssured.given;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The REST half, through every gateway.
@ExtendWith(Suite.class)
class RestIT {

  @Test
  void everyGatewayAnswersThatItIsHealthy(Running running) {
    for (URI gateway : running.gateways()) {
      given().baseUri(gateway.toString()).get("/api/health").then().statusCode(200);
    }
  }
}
