package io.chatterbox.chat.files;

import static io.chatterbox.contract.ErrorCode.FORBIDDEN;
import static io.chatterbox.contract.ErrorCode.NOT_FOUND;
import static io.chatterbox.contract.ErrorCode.PAYLOAD_TOO_LARGE;
import static io.chatterbox.contract.ErrorCode.UNSUPPORTED_MEDIA_TYPE;

import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Refusal;
import io.chatterbox.contract.documented.Answers;
import io.chatterbox.contract.documented.Refuses;
import io.chatterbox.rest.Answer;
import io.chatterbox.rest.FileLinks;
import io.chatterbox.rest.SignedIn;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/// Files over REST.
@Path("/api/files")
@RunOnVirtualThread
public class FilesResource {
  private final SignedIn signedIn;
  private final Uploads uploads;
  private final FileAccess access;
  private final Removals removals;
  private final FileLinks links;

  FilesResource(
      SignedIn signedIn, Uploads uploads, FileAccess access, Removals removals, FileLinks links) {
    this.signedIn = signedIn;
    this.uploads = uploads;
    this.access = access;
    this.removals = removals;
    this.links = links;
  }

  /// Uploads a file: a form with the field `file`. What it is is told by its content, not by its
  /// name: jpg, png, gif, webp, pdf, doc, docx, txt, mp4, webm, mov.
  @POST
  @Answers(status = 201, shape = "File")
  @Refuses({PAYLOAD_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE})
  @Path("/upload")
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  public Response upload(@RestForm("file") @Nullable FileUpload file) throws IOException {
    Caller caller = signedIn.caller();
    if (file == null || file.fileName() == null) {
      throw Refusal.invalid("A form with a file named file is required.");
    }
    FileDocument taken = uploads.take(file.uploadedFile(), file.fileName(), caller.userId());
    return Response.status(Response.Status.CREATED)
        .entity(Answer.of(FileView.of(taken, links)))
        .build();
  }

  /// About a file, for who uploaded it and those who can see a message that carries it.
  @GET
  @Refuses(NOT_FOUND)
  @Path("/{id}")
  public Answer.Data<FileView> find(@PathParam("id") String id) {
    return Answer.of(FileView.of(visible(id), links));
  }

  /// Deletes a file (who uploaded it). Messages that carry it keep an attachment with `deleted`.
  @DELETE
  @Refuses({NOT_FOUND, FORBIDDEN})
  @Path("/{id}")
  public Answer.Done delete(@PathParam("id") String id) {
    FileDocument file = visible(id);
    if (!file.uploadedBy().equals(signedIn.caller().userId())) {
      throw new Refusal(ErrorCode.FORBIDDEN, "Only who uploaded a file may delete it.");
    }
    removals.remove(file);
    return Answer.done("The file is deleted.");
  }

  private FileDocument visible(String id) {
    return access
        .find(id, signedIn.caller().userId())
        .orElseThrow(() -> Refusal.notFound("There is no such file."));
  }
}
