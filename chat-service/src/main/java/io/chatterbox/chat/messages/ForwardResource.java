package io.chatterbox.chat.messages;

import static io.chatterbox.contract.ErrorCode.FORBIDDEN;
import static io.chatterbox.contract.ErrorCode.NOT_FOUND;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.chatterbox.bus.CommandClient;
import io.chatterbox.bus.Json;
import io.chatterbox.bus.StoreAwayException;
import io.chatterbox.chat.ChatConfig;
import io.chatterbox.chat.history.ForwardedFrom;
import io.chatterbox.chat.history.MessageDocument;
import io.chatterbox.chat.limits.Grant;
import io.chatterbox.chat.limits.SendingLimits;
import io.chatterbox.chat.log.Entry;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.MessageCommand.CarriedFile;
import io.chatterbox.contract.MessageCommand.DeleteMessage;
import io.chatterbox.contract.MessageCommand.ForwardMessage;
import io.chatterbox.contract.MessageCommand.Origin;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.Refusal;
import io.chatterbox.contract.Service;
import io.chatterbox.contract.UserView;
import io.chatterbox.contract.documented.Answers;
import io.chatterbox.contract.documented.Refuses;
import io.chatterbox.contract.documented.Shape;
import io.chatterbox.rest.Answer;
import io.chatterbox.rest.SignedIn;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Forwarding over REST. Everything is checked for all targets before anything is sent; who loses a
/// right between the two has what was sent until then deleted again. Targets are keys of their own,
/// so this is all or nothing for who asks, not for who reads meanwhile, and a replica that is
/// killed in between leaves the copies it has sent.
@Path("/api/conversations/messages/{messageId}/forward")
@RunOnVirtualThread
public class ForwardResource {
  private final SignedIn signedIn;
  private final CommandClient bus;
  private final Sources sources;
  private final SendingLimits limits;
  private final ChatConfig.Limits most;
  private final Json json;

  ForwardResource(
      SignedIn signedIn,
      CommandClient bus,
      Sources sources,
      SendingLimits limits,
      ChatConfig config,
      Json json) {
    this.signedIn = signedIn;
    this.bus = bus;
    this.sources = sources;
    this.limits = limits;
    this.most = config.limits();
    this.json = json;
  }

  /// What a client sends.
  @Shape(name = "ForwardTo")
  public record Body(
      @Shape(
              least = 1,
              most = 20,
              setting = "chatterbox.chat.limits.forward-targets",
              required = true)
          @Nullable List<@Nullable String> conversationIds) {}

  /// What he is answered.
  public record Forwarded(@Shape(name = "Message") List<RawJson> messages) {
    public Forwarded {
      messages = List.copyOf(messages);
    }
  }

  private record Sent(RawJson message) {}

  private record Id(@JsonProperty("_id") String id) {}

  /// Copies a message into other conversations, all or nothing. Doubles are dropped.
  @POST
  @Answers(status = 201, shape = "Forwarded")
  @Refuses({NOT_FOUND, FORBIDDEN})
  public Response forward(@PathParam("messageId") String messageId, Body body) {
    Caller caller = signedIn.caller();
    List<String> targets = targets(body.conversationIds());
    Entry message = sources.find(messageId, caller.userId());
    sources.checkTargets(targets, caller.userId());
    take(caller.userId(), targets.size());
    List<RawJson> sent = new ArrayList<>();
    try {
      for (String target : targets) {
        RawJson reply =
            bus.ask(Service.CHAT, Key.conversation(target), caller, copy(message, target)).body();
        sent.add(json.read(reply, Sent.class).message());
      }
    } catch (Refusal refusal) {
      takeBack(targets, sent, caller);
      throw refusal;
    }
    return Response.status(Response.Status.CREATED).entity(Answer.of(new Forwarded(sent))).build();
  }

  private List<String> targets(@Nullable List<@Nullable String> asked) {
    Set<String> targets = new LinkedHashSet<>();
    for (String id : asked == null ? List.<@Nullable String>of() : asked) {
      if (id == null || id.isEmpty()) {
        throw Refusal.invalid("conversationIds must not hold null or empty texts.");
      }
      targets.add(id);
    }
    if (targets.isEmpty() || targets.size() > most.forwardTargets()) {
      throw Refusal.invalid("conversationIds takes 1 to " + most.forwardTargets() + " ids.");
    }
    return List.copyOf(targets);
  }

  private void take(String userId, int count) {
    try {
      Grant grant = limits.take(Map.of(userId, count)).getOrDefault(userId, new Grant(0, 0));
      if (grant.allowed() < count) {
        limits.giveBack(Map.of(userId, grant.allowed()));
        throw new Refusal(
            ErrorCode.RATE_LIMITED,
            "Too many messages at once; try again in a moment.",
            grant.retryAfterMs());
      }
    } catch (StoreAwayException e) {
      throw Refusal.unavailable();
    }
  }

  private static ForwardMessage copy(Entry message, String target) {
    MessageDocument content = MessageDocument.of(message);
    ForwardedFrom from =
        content
            .forwardedFrom()
            .orElseGet(() ->
                new ForwardedFrom(
                    message.id(), new UserView(message.sender(), content.username())));
    return new ForwardMessage(
        target,
        content.content(),
        content.attachments().stream()
            .map(file ->
                new CarriedFile(
                    file.id(),
                    file.originalName(),
                    file.mimetype(),
                    file.size(),
                    file.isImage(),
                    file.isDeleted()))
            .toList(),
        new Origin(from.messageId(), from.sender().id(), from.sender().username()));
  }

  private void takeBack(List<String> targets, List<RawJson> sent, Caller caller) {
    for (int i = 0; i < sent.size(); i++) {
      String id = json.read(sent.get(i), Id.class).id();
      DeleteMessage delete = new DeleteMessage(targets.get(i), id);
      bus.ask(Service.CHAT, Key.conversation(targets.get(i)), caller, delete);
    }
  }
}
