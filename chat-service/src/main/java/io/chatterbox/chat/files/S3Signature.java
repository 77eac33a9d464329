package io.chatterbox.chat.files;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs requests as S3 wants them signed (AWS Signature Version 4). Paths and queries are taken as
/// they stand: names of ours need no escapes.
///
/// @param region such as `us-east-1`
record S3Signature(String accessKey, String secretKey, String region) {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final int DAY = 8;

  /// The headers to send beside the given ones, `Host` excepted, which the client sends itself.
  ///
  /// @param headers that are to be signed, in lower case
  /// @param bodyHash SHA-256 of the body in hexadecimal digits
  Map<String, String> sign(
      String method, URI uri, Map<String, String> headers, String bodyHash, Instant now) {
    String time = TIME.format(now);
    Map<String, String> signed = new TreeMap<>(headers);
    signed.put("host", uri.getRawAuthority());
    signed.put("x-amz-content-sha256", bodyHash);
    signed.put("x-amz-date", time);
    String names = String.join(";", signed.keySet());
    String canonical =
        method
            + "\n"
            + uri.getRawPath()
            + "\n\n"
            + signed.entrySet().stream()
                .map(header -> header.getKey() + ":" + header.getValue().strip() + "\n")
                .collect(Collectors.joining())
            + "\n"
            + names
            + "\n"
            + bodyHash;
    String scope = time.substring(0, DAY) + "/" + region + "/s3/aws4_request";
    String text = ALGORITHM + "\n" + time + "\n" + scope + "\n" + sha256(bytes(canonical));
    byte[] key = bytes("AWS4" + secretKey);
    for (String part : scope.split("/", -1)) {
      key = mac(key, part);
    }
    signed.put(
        "authorization",
        "%s Credential=%s/%s,SignedHeaders=%s,Signature=%s"
            .formatted(
                ALGORITHM, accessKey, scope, names, HexFormat.of().formatHex(mac(key, text))));
    signed.remove("host");
    return signed;
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] mac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(bytes(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// Without the key.
  @Override
  public String toString() {
    return "S3Signature[" + accessKey + "]";
  }
}
