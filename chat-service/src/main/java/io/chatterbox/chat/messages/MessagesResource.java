package io.chatterbox.chat.messages;

import static io.chatterbox.contract.ErrorCode.FORBIDDEN;
import static io.chatterbox.contract.ErrorCode.NOT_FOUND;

import io.chatterbox.bus.CommandClient;
import io.chatterbox.bus.Json;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.MessageCommand;
import io.chatterbox.contract.MessageCommand.AddReaction;
import io.chatterbox.contract.MessageCommand.DeleteMessage;
import io.chatterbox.contract.MessageCommand.EditMessage;
import io.chatterbox.contract.MessageCommand.RemoveReaction;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.Service;
import io.chatterbox.contract.documented.Answers;
import io.chatterbox.contract.documented.Refuses;
import io.chatterbox.contract.documented.Shape;
import io.chatterbox.rest.Answer;
import io.chatterbox.rest.SignedIn;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import org.jspecify.annotations.Nullable;

/// Changes of messages over REST, each the twin of a socket event.
@Path("/api/conversations/messages/{messageId}")
@RunOnVirtualThread
public class MessagesResource {
  private final SignedIn signedIn;
  private final CommandClient bus;
  private final Json json;

  MessagesResource(SignedIn signedIn, CommandClient bus, Json json) {
    this.signedIn = signedIn;
    this.bus = bus;
    this.json = json;
  }

  /// What a client sends.
  public record Content(
      @Shape(
              least = 1,
              most = 8_000,
              setting = "chatterbox.chat.limits.content-length",
              required = true)
          @Nullable String content) {}

  /// What a client sends.
  public record Emoji(@Shape(least = 1, required = true) @Nullable String emoji) {}

  private record Changed(RawJson message) {}

  /// Gives one's own message another content.
  @PATCH
  @Answers(shape = "Message")
  @Refuses({NOT_FOUND, FORBIDDEN})
  public Answer.Data<RawJson> edit(@PathParam("messageId") String messageId, Content body) {
    String conversationId = MessageIds.conversationOf(messageId);
    return change(conversationId, new EditMessage(conversationId, messageId, text(body.content())));
  }

  /// Empties a message, which keeps its place (its author, or an admin).
  @DELETE
  @Answers(shape = "Message")
  @Refuses({NOT_FOUND, FORBIDDEN})
  public Answer.Data<RawJson> delete(@PathParam("messageId") String messageId) {
    String conversationId = MessageIds.conversationOf(messageId);
    return change(conversationId, new DeleteMessage(conversationId, messageId));
  }

  /// Reacts with an emoji. Twice is once.
  @POST
  @Answers(shape = "Message")
  @Refuses(NOT_FOUND)
  @Path("/reactions")
  public Answer.Data<RawJson> react(@PathParam("messageId") String messageId, Emoji body) {
    String conversationId = MessageIds.conversationOf(messageId);
    return change(conversationId, new AddReaction(conversationId, messageId, text(body.emoji())));
  }

  /// Takes one's own reaction back.
  @DELETE
  @Answers(shape = "Message")
  @Refuses(NOT_FOUND)
  @Path("/reactions")
  public Answer.Data<RawJson> takeBack(
      @PathParam("messageId") String messageId,
      @QueryParam("emoji") @Shape(required = true) @Nullable String emoji) {
    String conversationId = MessageIds.conversationOf(messageId);
    return change(conversationId, new RemoveReaction(conversationId, messageId, text(emoji)));
  }

  private <C extends Record & MessageCommand> Answer.Data<RawJson> change(
      String conversationId, C command) {
    Caller caller = signedIn.caller();
    RawJson reply = bus.ask(Service.CHAT, Key.conversation(conversationId), caller, command).body();
    return Answer.of(json.read(reply, Changed.class).message());
  }

  /// The command's record refuses what is missing.
  private static String text(@Nullable String given) {
    return given == null ? "" : given;
  }
}
