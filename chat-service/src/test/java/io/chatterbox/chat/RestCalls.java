package io.chatterbox.chat;

import static io.restassured.RestAssured.given;

import io.chatterbox.contract.Caller;
import io.restassured.specification.RequestSpecification;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/// REST calls of people who are signed in.
public final class RestCalls {
  private final String signingKey;

  /// With the key that [TokenKeys] made.
  public RestCalls(String signingKey) {
    this.signingKey = signingKey;
  }

  public RequestSpecification as(Caller caller) {
    String token =
        Jwt.issuer("chatterbox")
            .audience("chatterbox")
            .subject(caller.userId())
            .claim("username", caller.username())
            .claim("sid", caller.sessionId())
            .expiresIn(600)
            .jws()
            .algorithm(SignatureAlgorithm.ES256)
            .sign(key());
    return given().auth().oauth2(token);
  }

  private PrivateKey key() {
    try {
      return KeyFactory.getInstance("EC")
          .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(signingKey)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
