package io.chatterbox.auth.keys;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
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
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;

/// The keys of all replicas. Whoever starts first makes the first one; a second replica that starts
/// at the same moment finds its `_id` taken and uses it.
@Startup
@ApplicationScoped
public class SigningKeys implements PanacheMongoRepositoryBase<KeyDocument, String> {
  private static final String PURPOSE = "signing-key ";
  private static final String FIRST = "1";
  private static final int COORDINATE_BYTES = 32;

  private final Sealed sealed;
  private final Clock clock;
  private volatile List<Signing> known = List.of();

  /// A key to sign with.
  public record Signing(String id, PrivateKey key, ECPublicKey publicKey) {}

  /// A public key as clients read it (RFC 7517, RFC 7518 §6.2).
  public record Jwk(
      String kty, String crv, String kid, String use, String alg, String x, String y) {}

  public SigningKeys(Sealed sealed, Clock clock) {
    this.sealed = sealed;
    this.clock = clock;
  }

  /// The newest key.
  public Signing current() {
    return all().getLast();
  }

  /// Every key with which a living token may be signed.
  public List<Jwk> published() {
    return all().stream().map(SigningKeys::jwk).toList();
  }

  private List<Signing> all() {
    if (known.isEmpty()) {
      List<KeyDocument> documents = listAll();
      if (documents.isEmpty()) {
        makeFirst();
        documents = listAll();
      }
      known =
          documents.stream()
              .sorted(Comparator.comparingInt(document -> Integer.parseInt(document.id)))
              .map(this::read)
              .toList();
    }
    return known;
  }

  private void makeFirst() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      KeyDocument document = new KeyDocument();
      document.id = FIRST;
      document.publicKey = pair.getPublic().getEncoded();
      document.privateKey = sealed.seal(pair.getPrivate().getEncoded(), PURPOSE + FIRST);
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
