package io.chatterbox.rest;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Addresses of files that are their own permission for a while, so that a page can show them. All
/// services sign with the same key, which is made from the secret that they share.
public final class FileLinks {
  private static final String ALGORITHM = "HmacSHA256";
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");

  private final SecretKeySpec key;
  private final Duration life;
  private final Clock clock;

  public FileLinks(ServicesConfig services, RestConfig config, Clock clock) {
    this.life = config.linkLife();
    this.clock = clock;
    byte[] secret = services.sharedSecret().getBytes(StandardCharsets.UTF_8);
    this.key =
        new SecretKeySpec(
            mac(new SecretKeySpec(secret, ALGORITHM), "signed addresses of files"), ALGORITHM);
  }

  /// The address of a file's bytes.
  public String content(String fileId) {
    return link(fileId, "content");
  }

  /// The address of an image's small copy.
  public String thumbnail(String fileId) {
    return link(fileId, "thumbnail");
  }

  /// Whether this is an address that was made here and still counts.
  ///
  /// @param part `content` or `thumbnail`
  public boolean isGood(
      String fileId, String part, @Nullable String expires, @Nullable String signature) {
    return expires != null
        && signature != null
        && SECONDS.matcher(expires).matches()
        && clock.instant().isBefore(Instant.ofEpochSecond(Long.parseLong(expires)))
        && MessageDigest.isEqual(
            signature.getBytes(StandardCharsets.UTF_8),
            signature(fileId, part, expires).getBytes(StandardCharsets.UTF_8));
  }

  private String link(String fileId, String part) {
    String expires = Long.toString(clock.instant().plus(life).getEpochSecond());
    return "/api/files/"
        + fileId
        + "/"
        + part
        + "?expires="
        + expires
        + "&signature="
        + signature(fileId, part, expires);
  }

  private String signature(String fileId, String part, String expires) {
    byte[] sum = mac(key, part + "\n" + expires + "\n" + fileId);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sum);
  }

  private static byte[] mac(SecretKeySpec key, String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
