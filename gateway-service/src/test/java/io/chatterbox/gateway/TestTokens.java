package io.chatterbox.gateway;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Access tokens as auth-service makes them, and as nobody should.
public final class TestTokens {
  private static final KeyPair KEYS = newKeys();
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private TestTokens() {}

  /// Whom a token speaks for.
  public record Subject(String userId, String sessionId) {
    public static Subject fresh() {
      return new Subject(UUID.randomUUID().toString(), UUID.randomUUID().toString());
    }

    /// The same user on another device.
    public Subject elsewhere() {
      return new Subject(userId, UUID.randomUUID().toString());
    }
  }

  public static String good(Subject subject) {
    return token(subject, "chatterbox", "chatterbox", Instant.now(), Duration.ofMinutes(15), KEYS);
  }

  public static String lasting(Subject subject, Duration life) {
    return token(subject, "chatterbox", "chatterbox", Instant.now(), life, KEYS);
  }

  /// What has to be refused, by what is wrong with it.
  public static Map<String, String> bad(Subject subject) {
    Instant now = Instant.now();
    Duration life = Duration.ofMinutes(15);
    String good = good(subject);
    String[] parts = good.split("\\.", -1);
    return Map.of(
        "alg none", base64("{\"alg\":\"none\"}") + "." + parts[1] + ".",
        "alg None", base64("{\"alg\":\"None\",\"kid\":\"1\"}") + "." + parts[1] + "." + parts[2],
        "HS256 with the public key", hs256(parts[1]),
        "another issuer", token(subject, "evil", "chatterbox", now, life, KEYS),
        "another audience", token(subject, "chatterbox", "evil", now, life, KEYS),
        "another key", token(subject, "chatterbox", "chatterbox", now, life, newKeys()),
        "truncated", good.substring(0, good.length() - 10),
        "without signature", parts[0] + "." + parts[1] + ".",
        "changed",
            parts[0]
                + "."
                + base64("{\"sub\":\"x\",\"sid\":\"x\",\"username\":\"x\"}")
                + "."
                + parts[2],
        "from the future",
            token(subject, "chatterbox", "chatterbox", now.plusSeconds(3600), life, KEYS));
  }

  public static String expired(Subject subject) {
    return token(
        subject,
        "chatterbox",
        "chatterbox",
        Instant.now().minusSeconds(3600),
        Duration.ofMinutes(15),
        KEYS);
  }

  static String jwks() {
    ECPublicKey key = (ECPublicKey) KEYS.getPublic();
    return "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"1\",\"use\":\"sig\",\"alg\":\"ES256\",\"x\":\""
        + coordinate(key.getW().getAffineX())
        + "\",\"y\":\""
        + coordinate(key.getW().getAffineY())
        + "\"}]}";
  }

  private static String token(
      Subject subject, String issuer, String audience, Instant at, Duration life, KeyPair keys) {
    return Jwt.issuer(issuer)
        .audience(audience)
        .subject(subject.userId())
        .claim("username", "somebody")
        .claim("sid", subject.sessionId())
        .claim("jti", UUID.randomUUID().toString())
        .issuedAt(at)
        .expiresAt(at.plus(life))
        .jws()
        .keyId("1")
        .algorithm(SignatureAlgorithm.ES256)
        .sign(keys.getPrivate());
  }

  private static String hs256(String payload) {
    try {
      String signed = base64("{\"alg\":\"HS256\",\"kid\":\"1\"}") + "." + payload;
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(KEYS.getPublic().getEncoded(), "HmacSHA256"));
      return signed
          + "."
          + BASE64.encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64(String text) {
    return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String coordinate(BigInteger value) {
    byte[] bytes = value.toByteArray();
    byte[] fixed = new byte[32];
    int length = Math.min(bytes.length, fixed.length);
    System.arraycopy(
        Arrays.copyOfRange(bytes, bytes.length - length, bytes.length),
        0,
        fixed,
        fixed.length - length,
        length);
    return BASE64.encodeToString(fixed);
  }

  private static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
