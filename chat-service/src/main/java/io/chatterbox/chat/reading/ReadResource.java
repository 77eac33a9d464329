package io.chatterbox.chat.reading;

import io.chatterbox.bus.CommandClient;
import io.chatterbox.chat.rest.Answers;
import io.chatterbox.chat.rest.SignedIn;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ChatCommand.MarkRead;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.Service;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `mark-read` over REST.
@Path("/api/conversations/{id}/read")
@RunOnVirtualThread
class ReadResource {
  private final SignedIn signedIn;
  private final CommandClient bus;
  private final Answers answers;

  ReadResource(SignedIn signedIn, CommandClient bus, Answers answers) {
    this.signedIn = signedIn;
    this.bus = bus;
    this.answers = answers;
  }

  record Body(@Nullable List<String> messageIds, @Nullable Long upToSeq) {}

  @POST
  Response markRead(@PathParam("id") String id, byte[] body) {
    Caller caller = signedIn.caller();
    Body read = answers.body(body, Body.class);
    MarkRead command = new MarkRead(id, read.messageIds(), read.upToSeq());
    return answers.ok(bus.ask(Service.CHAT, Key.conversation(id), caller, command).body());
  }
}
