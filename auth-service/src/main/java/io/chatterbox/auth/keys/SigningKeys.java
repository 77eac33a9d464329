package io.chatterbox.auth.keys;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import io.chatterbox.auth.AuthConfig;
import io.chatterbox.auth.Sealed;
import io.quarkus.mongodb.panache.PanacheMongoRepositoryBase;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import org.jboss.logging.Logger;

/// The keys of all replicas. Each key has a number; whoever makes the next one second finds its
/// `_id` taken and uses the other's. A new key is published for a while before it signs, and an old
/// one as long as a token lives that it signed, so nobody is signed out.
@Startup
@ApplicationScoped
public class SigningKeys implements PanacheMongoRepositoryBase<KeyDocument, String> {
  private static final Logger LOG = Logger.getLogger(SigningKeys.class);
  private static final String PURPOSE = "signing-key ";
  private static final int FIRST = 1;

  /// Beside the skew that `exp` is allowed: for clocks that differ more.
  private static final Duration MARGIN = Duration.ofSeconds(60);

  private static final int COORDINATE_BYTES = 32;

  private final Sealed sealed;
  private final AuthConfig config;
  private final Clock clock;
  private volatile List<Signing> known = List.of();

  /// A key to sign with.
  public record Signing(String id, Instant madeAt, PrivateKey key, ECPublicKey publicKey) {}

  /// A public key as clients read it (RFC 7517, RFC 7518 §6.2).
  public record Jwk(
      String kty, String crv, String kid, String use, String alg, String x, String y) {}

  public SigningKeys(Sealed sealed, AuthConfig config, Clock clock) {
    this.sealed = sealed;
    this.config = config;
    this.clock = clock;
  }

  /// The newest key that everybody knows.
  public Signing current() {
    List<Signing> all = all();
    Instant known = clock.instant().minus(config.keys().lead());
    for (Signing key : all.reversed()) {
      if (!key.madeAt().isAfter(known)) {
        return key;
      }
    }
    return all.getFirst();
  }

  /// Every key with which a living token may be signed.
  public List<Jwk> published() {
    return all().stream().map(SigningKeys::jwk).toList();
  }

  /// Reads what other replicas did, makes the next key when it is due, and removes those that no
  /// living token is signed with.
  void turn() {
    known = read();
    Instant now = clock.instant();
    Signing newest = all().getLast();
    if (!newest.madeAt().plus(config.keys().life()).isAfter(now)) {
      make(Integer.parseInt(newest.id()) + 1);
      LOG.infof("event=signing-key-made after=%s", newest.id());
    }
    Instant gone =
        now.minus(config.keys().lead())
            .minus(config.accessTokenLife())
            .minusSeconds(config.skewSeconds())
            .minus(MARGIN);
    List<Signing> all = read();
    for (int i = 0; i + 1 < all.size(); i++) {
      if (all.get(i + 1).madeAt().isBefore(gone)) {
        deleteById(all.get(i).id());
      }
    }
    known = read();
  }

  private List<Signing> all() {
    if (known.isEmpty()) {
      List<Signing> found = read();
      if (found.isEmpty()) {
        make(FIRST);
        found = read();
      }
      known = found;
    }
    return known;
  }

  private List<Signing> read() {
    return listAll().stream()
        .sorted(Comparator.comparingInt(document -> Integer.parseInt(document.id)))
        .map(this::read)
        .toList();
  }

  private void make(int number) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      KeyDocument document = new KeyDocument();
      document.id = Integer.toString(number);
      document.publicKey = pair.getPublic().getEncoded();
      document.privateKey = sealed.seal(pair.getPrivate().getEncoded(), PURPOSE + document.id);
      document.createdAt = clock.instant();
      mongoCollection().insertOne(document);
    } catch (MongoWriteException e) {
      if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
        throw e;
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no P-256", e);
    }
  }

  private Signing read(KeyDocument document) {
    try {
      KeyFactory factory = KeyFactory.getInstance("EC");
      return new Signing(
          document.id,
          document.createdAt,
          factory.generatePrivate(
              new PKCS8EncodedKeySpec(sealed.open(document.privateKey, PURPOSE + document.id))),
          (ECPublicKey) factory.generatePublic(new X509EncodedKeySpec(document.publicKey)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a stored signing key is not readable", e);
    }
  }

  private static Jwk jwk(Signing signing) {
    return new Jwk(
        "EC",
        "P-256",
        signing.id(),
        "sig",
        "ES256",
        coordinate(signing.publicKey().getW().getAffineX()),
        coordinate(signing.publicKey().getW().getAffineY()));
  }

  private static String coordinate(BigInteger value) {
    byte[] bytes = value.toByteArray();
    byte[] fixed = new byte[COORDINATE_BYTES];
    int length = Math.min(bytes.length, COORDINATE_BYTES);
    byte[] significant = Arrays.copyOfRange(bytes, bytes.length - length, bytes.length);
    System.arraycopy(significant, 0, fixed, COORDINATE_BYTES - length, length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(fixed);
  }
}
