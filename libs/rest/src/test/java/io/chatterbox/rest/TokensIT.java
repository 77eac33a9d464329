package io.chatterbox.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Refusal;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokensIT {
  private static final Duration LIFE = Duration.ofMinutes(15);
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final EllipticCurveJsonWebKey key = newKey("1");
  private final KeyServer first;
  private final KeyServer second;

  TokensIT() throws Exception {
    first = new KeyServer(jwks(key));
    second = new KeyServer(jwks(key));
  }

  @AfterEach
  void close() {
    first.close();
    second.close();
  }

  @Test
  void namesTheCallerOfAGoodToken() {
    assertThat(tokens(first.address()).callerOf("Bearer " + good()))
        .isEqualTo(new Caller("u1", "ann", "s1", ""));
    assertThat(tokens(first.address()).callerOf("bearer " + good())).isNotNull();
  }

  @Test
  void refusesForgedTokensOfEveryKind() throws Exception {
    String[] parts = good().split("\\.", -1);
    Map<String, String> forged =
        Map.ofEntries(
            Map.entry("alg none", base64("{\"alg\":\"none\"}") + "." + parts[1] + "."),
            Map.entry("HS256 with the public key", hs256(parts[1])),
            Map.entry("another issuer", signed(claims("evil", "chatterbox", 0), key)),
            Map.entry("another audience", signed(claims("chatterbox", "evil", 0), key)),
            Map.entry("another key", signed(claims("chatterbox", "chatterbox", 0), newKey("1"))),
            Map.entry("from the future", signed(claims("chatterbox", "chatterbox", 3600), key)),
            Map.entry("truncated", good().substring(0, good().length() - 8)),
            Map.entry("without signature", parts[0] + "." + parts[1] + "."),
            Map.entry("an unknown key", signed(claims("chatterbox", "chatterbox", 0), newKey("9"))),
            Map.entry("nonsense", "x"));
    forged.forEach((what, token) ->
        assertThat(refusal(tokens(first.address()), token))
            .as(what)
            .isEqualTo(ErrorCode.UNAUTHORIZED));
    assertThat(
            refusal(
                tokens(first.address()), signed(claims("chatterbox", "chatterbox", -3600), key)))
        .isEqualTo(ErrorCode.TOKEN_EXPIRED);
    assertThat(refusal(tokens(first.address()), "")).isEqualTo(ErrorCode.UNAUTHORIZED);
  }

  @Test
  void readsTheKeysOfAnotherReplicaWhenTheFirstIsAway() {
    first.close();
    Tokens tokens = tokens(first.address(), second.address());
    assertThat(tokens.callerOf("Bearer " + good()).userId()).isEqualTo("u1");
    assertThat(second.reads()).isPositive();
    // a forged one is no reason to doubt that
    assertThat(refusal(tokens, good().substring(0, 40))).isEqualTo(ErrorCode.UNAUTHORIZED);
  }

  @Test
  void goesOnWithTheKeysItHasWhenAllAreAway() {
    Tokens tokens = tokens(first.address(), second.address());
    tokens.callerOf("Bearer " + good());
    first.close();
    second.close();
    assertThat(tokens.callerOf("Bearer " + good()).userId()).isEqualTo("u1");
  }

  @Test
  void findsANewKeyAtAnotherReplicaWhenTheFirstHasGone() throws Exception {
    Tokens tokens = tokens(first.address(), second.address());
    tokens.callerOf("Bearer " + good());
    EllipticCurveJsonWebKey next = newKey("2");
    first.close();
    second.publish(jwks(next));
    String token = signed(claims("chatterbox", "chatterbox", 0), next);
    assertThat(tokens.callerOf("Bearer " + token).userId()).isEqualTo("u1");
  }

  @Test
  void saysThatItDoesNotKnowWhenNobodyHasTheKeys() {
    first.close();
    second.close();
    Tokens tokens = tokens(first.address(), second.address());
    assertThat(refusal(tokens, good())).isEqualTo(ErrorCode.UNAVAILABLE);
  }

  private static ErrorCode refusal(Tokens tokens, String token) {
    Refusal[] refused = new Refusal[1];
    assertThatThrownBy(() -> tokens.callerOf("Bearer " + token))
        .isInstanceOfSatisfying(Refusal.class, refusal -> refused[0] = refusal);
    return refused[0].code();
  }

  private static Tokens tokens(URI... replicas) {
    JWTAuthContextInfo info = new JWTAuthContextInfo();
    info.setPublicKeyLocation(replicas[0] + "/.well-known/jwks.json");
    info.setIssuedBy("chatterbox");
    info.setExpectedAudience(Set.of("chatterbox"));
    info.setSignatureAlgorithm(Set.of(SignatureAlgorithm.ES256));
    info.setClockSkew(30);
    info.setJwksRefreshInterval(1);
    info.setForcedJwksRefreshInterval(0);
    info.setJwksRetainCacheOnErrorDuration(60);
    return new Tokens(info, new Services(List.of(replicas)), Clock.systemUTC());
  }

  /// Where auth-service is; the others are asked nothing.
  private record Services(List<URI> authUrls) implements ServicesConfig {
    private Services {
      authUrls = List.copyOf(authUrls);
    }

    @Override
    public List<URI> presenceUrls() {
      return List.of();
    }

    @Override
    public List<URI> chatUrls() {
      return List.of();
    }

    @Override
    public List<URI> aiUrls() {
      return List.of();
    }

    @Override
    public String sharedSecret() {
      return "for-tests";
    }
  }

  private String good() {
    return signed(claims("chatterbox", "chatterbox", 0), key);
  }

  private static JwtClaims claims(String issuer, String audience, long secondsFromNow) {
    NumericDate at = NumericDate.now();
    at.addSeconds(secondsFromNow);
    NumericDate until = NumericDate.fromSeconds(at.getValue());
    until.addSeconds(LIFE.toSeconds());
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(issuer);
    claims.setAudience(audience);
    claims.setSubject("u1");
    claims.setClaim("username", "ann");
    claims.setClaim("sid", "s1");
    claims.setIssuedAt(at);
    claims.setExpirationTime(until);
    return claims;
  }

  private static String signed(JwtClaims claims, EllipticCurveJsonWebKey key) {
    try {
      JsonWebSignature signature = new JsonWebSignature();
      signature.setPayload(claims.toJson());
      signature.setKey(key.getPrivateKey());
      signature.setKeyIdHeaderValue(key.getKeyId());
      signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  private String hs256(String payload) throws Exception {
    String signed = base64("{\"alg\":\"HS256\",\"kid\":\"1\"}") + "." + payload;
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key.getPublicKey().getEncoded(), "HmacSHA256"));
    return signed + "." + BASE64.encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
  }

  private static EllipticCurveJsonWebKey newKey(String id) {
    try {
      EllipticCurveJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
      key.setKeyId(id);
      return key;
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String jwks(EllipticCurveJsonWebKey key) {
    return new JsonWebKeySet(key).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
  }

  private static String base64(String text) {
    return BASE64.encodeToString(text.getBytes(UTF_8));
  }
}
