package io.chatterbox.chat.reading;

import static io.chatterbox.contract.ErrorCode.NOT_FOUND;

import io.chatterbox.bus.CommandClient;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ChatCommand.MarkRead;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.Service;
import io.chatterbox.contract.documented.Answers;
import io.chatterbox.contract.documented.Refuses;
import io.chatterbox.contract.documented.Shape;
import io.chatterbox.rest.Answer;
import io.chatterbox.rest.SignedIn;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `mark-read` over REST.
@Path("/api/conversations/{id}/read")
@RunOnVirtualThread
public class ReadResource {
  private final SignedIn signedIn;
  private final CommandClient bus;

  ReadResource(SignedIn signedIn, CommandClient bus) {
    this.signedIn = signedIn;
    this.bus = bus;
  }

  /// What a client sends.
  @Shape(
      name = "ReadUpTo",
      either = {"messageIds", "upToSeq"})
  public record Body(
      @Shape(least = 1, most = 200, setting = "chatterbox.chat.limits.mark-read")
          @Nullable List<String> messageIds,
      @Shape(least = 1) @Nullable Long upToSeq) {}

  /// Moves the caller's read pointer forward, by ids of messages or up to a number.
  @POST
  @Answers(shape = "Unread")
  @Refuses(NOT_FOUND)
  public Answer.Data<RawJson> markRead(@PathParam("id") String id, Body read) {
    Caller caller = signedIn.caller();
    MarkRead command = new MarkRead(id, read.messageIds(), read.upToSeq());
    return Answer.of(bus.ask(Service.CHAT, Key.conversation(id), caller, command).body());
  }
}
