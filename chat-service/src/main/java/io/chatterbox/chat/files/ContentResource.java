package io.chatterbox.chat.files;

import static io.chatterbox.contract.ErrorCode.NOT_FOUND;

import io.chatterbox.contract.Refusal;
import io.chatterbox.contract.documented.Answers;
import io.chatterbox.contract.documented.Refuses;
import io.chatterbox.rest.FileLinks;
import io.chatterbox.rest.SignedIn;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The bytes of files, for whoever may see the file or has a signed address.
@Path("/api/files/{id}/{part: content|thumbnail}")
@RunOnVirtualThread
public class ContentResource {
  private static final String TEXT = "text/plain";
  private static final String CACHE = "private, max-age=3600";

  private final SignedIn signedIn;
  private final FileLinks links;
  private final FileAccess access;
  private final Files files;
  private final FileBytes bytes;

  ContentResource(
      SignedIn signedIn, FileLinks links, FileAccess access, Files files, FileBytes bytes) {
    this.signedIn = signedIn;
    this.links = links;
    this.access = access;
    this.files = files;
    this.bytes = bytes;
  }

  /// The bytes of a file, or the small copy of an image. With a signed address (`url`,
  /// `thumbnailUrl`) no token is needed. Ranges are answered.
  @GET
  @Answers(mediaType = "*/*")
  @Refuses(NOT_FOUND)
  public Response bytes(
      @PathParam("id") String id,
      @PathParam("part") String part,
      @QueryParam("expires") @Nullable String expires,
      @QueryParam("signature") @Nullable String signature,
      @HeaderParam("Range") @Nullable String range,
      @HeaderParam("If-Range") @Nullable String ifRange) {
    FileDocument file = find(id, part, expires, signature);
    if (part.equals("thumbnail")) {
      return thumbnail(file);
    }
    String tag = "\"" + file.filename() + "\"";
    return ByteRange.read(ifRange == null || ifRange.equals(tag) ? range : null, file.size())
        .map(some -> partOf(file, tag, some))
        .orElseGet(() ->
            answer(Response.ok(), file, tag)
                .header("Content-Length", file.size())
                .entity(bytes.read(file.filename(), 0, file.size()))
                .build());
  }

  private Response partOf(FileDocument file, String tag, ByteRange part) {
    if (part.length() == 0) {
      return answer(Response.status(Status.REQUESTED_RANGE_NOT_SATISFIABLE), file, tag)
          .header("Content-Range", "bytes */" + file.size())
          .build();
    }
    long last = part.from() + part.length() - 1;
    return answer(Response.status(Status.PARTIAL_CONTENT), file, tag)
        .header("Content-Range", "bytes %d-%d/%d".formatted(part.from(), last, file.size()))
        .header("Content-Length", part.length())
        .entity(bytes.read(file.filename(), part.from(), part.length()))
        .build();
  }

  private Response thumbnail(FileDocument file) {
    if (!file.isImage()) {
      throw Refusal.notFound("There is no small copy of this file.");
    }
    return Response.ok(bytes.readAll(Uploads.thumbnailOf(file.filename())))
        .type(Thumbnails.TYPE)
        .header("Cache-Control", CACHE)
        .header("X-Content-Type-Options", "nosniff")
        .build();
  }

  private FileDocument find(
      String id, String part, @Nullable String expires, @Nullable String signature) {
    Optional<FileDocument> found =
        links.isGood(id, part, expires, signature)
            ? files.find(id)
            : access.find(id, signedIn.caller().userId());
    return found.orElseThrow(() -> Refusal.notFound("There is no such file."));
  }

  private static Response.ResponseBuilder answer(
      Response.ResponseBuilder answer, FileDocument file, String tag) {
    String type = file.mimetype();
    return answer
        .header("Content-Type", type.equals(TEXT) ? TEXT + "; charset=utf-8" : type)
        .header("Content-Disposition", disposition(file))
        .header("Accept-Ranges", "bytes")
        .header("ETag", tag)
        .header("Cache-Control", CACHE)
        .header("X-Content-Type-Options", "nosniff")
        // whatever a browser finds in it, it is nobody's page
        .header(
            "Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox");
  }

  private static String disposition(FileDocument file) {
    String type = file.mimetype();
    boolean isShown =
        type.startsWith("image/")
            || type.startsWith("video/")
            || type.equals(TEXT)
            || type.equals("application/pdf");
    String ascii = file.originalName().replaceAll("[^A-Za-z0-9 ._-]", "_");
    String encoded =
        URLEncoder.encode(file.originalName(), StandardCharsets.UTF_8).replace("+", "%20");
    return "%s; filename=\"%s\"; filename*=UTF-8''%s"
        .formatted(isShown ? "inline" : "attachment", ascii, encoded.replace("*", "%2A"));
  }
}
