package io.chatterbox.chat.files;

import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Refusal;
import jakarta.inject.Singleton;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.ZipFile;
import org.apache.tika.detect.Detector;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MimeTypes;

/// What a file is, by its content and never by its name.
@Singleton
class FileTypes {
  static final String DOC = "application/msword";
  static final String DOCX =
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

  private static final String ZIP = "application/zip";
  private static final String OOXML = "application/x-tika-ooxml";
  private static final String OLE = "application/x-tika-msoffice";
  private static final String MATROSKA = "application/x-matroska";
  private static final String QUICKTIME = "video/quicktime";
  private static final int HEAD = 4096;
  private static final int BRAND = 8;
  private static final int BRAND_END = 12;

  private static final Set<String> ALLOWED =
      Set.of(
          "image/jpeg",
          "image/png",
          "image/gif",
          "image/webp",
          "application/pdf",
          "text/plain",
          "video/mp4",
          QUICKTIME,
          "video/webm",
          DOC,
          DOCX);

  private final Detector detector = MimeTypes.getDefaultMimeTypes();

  /// The type.
  ///
  /// @throws Refusal `UNSUPPORTED_MEDIA_TYPE` for all that is not allowed
  String of(Path file) throws IOException {
    String type = exact(file, detect(file));
    if (!ALLOWED.contains(type)) {
      throw new Refusal(
          ErrorCode.UNSUPPORTED_MEDIA_TYPE,
          "Only jpg, png, gif, webp, pdf, doc, docx, txt, mp4, webm and mov are taken.");
    }
    return type;
  }

  private String detect(Path file) throws IOException {
    try (InputStream bytes =
        new BufferedInputStream(java.nio.file.Files.newInputStream(file), 1 << 16)) {
      return detector.detect(bytes, new Metadata()).getBaseType().toString();
    }
  }

  /// Containers say what they hold further inside.
  private static String exact(Path file, String type) throws IOException {
    return switch (type) {
      case ZIP, OOXML -> isWordDocument(file) ? DOCX : type;
      case OLE -> contains(file, "WordDocument".getBytes(StandardCharsets.UTF_16LE)) ? DOC : type;
      case MATROSKA, "video/x-matroska" -> isWebm(file) ? "video/webm" : type;
      case "application/mp4", "video/x-m4v" -> "video/mp4";
      case QUICKTIME -> isMp4(file) ? "video/mp4" : type;
      default -> type;
    };
  }

  private static boolean isWordDocument(Path file) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return zip.getEntry("[Content_Types].xml") != null
          && zip.getEntry("word/document.xml") != null;
    } catch (IOException e) {
      return false;
    }
  }

  /// Both kinds of file are built alike; the first box names the brand.
  private static boolean isMp4(Path file) throws IOException {
    try (InputStream bytes = java.nio.file.Files.newInputStream(file)) {
      String head = new String(bytes.readNBytes(BRAND_END), StandardCharsets.ISO_8859_1);
      return head.startsWith("ftyp", BRAND - 4) && !head.startsWith("qt  ", BRAND);
    }
  }

  private static boolean isWebm(Path file) throws IOException {
    try (InputStream bytes = java.nio.file.Files.newInputStream(file)) {
      return indexOf(bytes.readNBytes(HEAD), "webm".getBytes(StandardCharsets.US_ASCII)) >= 0;
    }
  }

  /// The largest file is small enough to be looked through.
  private static boolean contains(Path file, byte[] wanted) throws IOException {
    return indexOf(java.nio.file.Files.readAllBytes(file), wanted) >= 0;
  }

  private static int indexOf(byte[] bytes, byte[] wanted) {
    for (int i = 0; i <= bytes.length - wanted.length; i++) {
      if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    return -1;
  }
}
