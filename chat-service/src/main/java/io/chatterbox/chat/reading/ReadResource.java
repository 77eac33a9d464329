package io.chatterbox.chat.reading;

import static io.chatterbox.contract.ErrorCode.NOT_FOUND;

import io.chatterbox.bus.CommandClient;
import io.chatterbox.chat.conversations.ConversationDocument;
import io.chatterbox.chat.conversations.ReadPointers;
import io.chatterbox.chat.log.Documents;
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
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How far the participants of a conversation have read it, and `mark-read` over REST.
@Path("/api/conversations/{id}/read")
@RunOnVirtualThread
public class ReadResource {
  private final SignedIn signedIn;
  private final CommandClient bus;
  private final Documents documents;
  private final ReadPointers pointers;

  ReadResource(SignedIn signedIn, CommandClient bus, Documents documents, ReadPointers pointers) {
    this.signedIn = signedIn;
    this.bus = bus;
    this.documents = documents;
    this.pointers = pointers;
  }

  /// What a client sends.
  @Shape(
      name = "ReadUpTo",
      either = {"messageIds", "upToSeq"})
  public record Body(
      @Shape(least = 1, most = 200, setting = "chatterbox.chat.limits.mark-read")
          @Nullable List<String> messageIds,
      @Shape(least = 1) @Nullable Long upToSeq) {}

  /// A participant's pointer, which `messages-read` moves on from.
  ///
  /// @param upToSeq `seq` of the last message read; 0 when none is
  public record Reader(String userId, long upToSeq) {}

  /// All participants' pointers, in the order of the people's coming.
  public record Readers(List<Reader> readers) {
    public Readers {
      readers = List.copyOf(readers);
    }
  }

  /// How far each participant has read.
  @GET
  @Refuses(NOT_FOUND)
  public Answer.Data<Readers> readers(@PathParam("id") String id) {
    ConversationDocument conversation =
        ConversationDocument.forParticipant(
            documents.read(Key.conversation(id)), signedIn.caller().userId());
    List<ReadPointers.Place> places =
        conversation.participants().ids().stream()
            .map(userId -> new ReadPointers.Place(id, userId))
            .toList();
    Map<ReadPointers.Place, ReadPointers.Pointer> found = pointers.find(places);
    return Answer.of(
        new Readers(
            places.stream()
                .map(place ->
                    new Reader(
                        place.userId(),
                        found.getOrDefault(place, ReadPointers.Pointer.NONE).upTo()))
                .toList()));
  }

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
