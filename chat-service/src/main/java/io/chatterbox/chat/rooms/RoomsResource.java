package io.chatterbox.chat.rooms;

import static io.chatterbox.contract.ErrorCode.CONFLICT;
import static io.chatterbox.contract.ErrorCode.NOT_FOUND;
import static io.chatterbox.contract.ErrorCode.ROOM_NOT_FOUND;

import io.chatterbox.bus.CommandClient;
import io.chatterbox.chat.history.MessagePages;
import io.chatterbox.chat.history.RoomMessageView;
import io.chatterbox.chat.log.Documents;
import io.chatterbox.chat.log.Head;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ChatCommand.CreateRoom;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.Service;
import io.chatterbox.contract.documented.Answers;
import io.chatterbox.contract.documented.Refuses;
import io.chatterbox.contract.documented.Shape;
import io.chatterbox.rest.Answer;
import io.chatterbox.rest.Paging;
import io.chatterbox.rest.SignedIn;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rooms over REST.
@Path("/api/rooms")
@RunOnVirtualThread
public class RoomsResource {
  private final SignedIn signedIn;
  private final CommandClient bus;
  private final RoomLists lists;
  private final Documents documents;
  private final MessagePages pages;

  RoomsResource(
      SignedIn signedIn,
      CommandClient bus,
      RoomLists lists,
      Documents documents,
      MessagePages pages) {
    this.signedIn = signedIn;
    this.bus = bus;
    this.lists = lists;
    this.documents = documents;
    this.pages = pages;
  }

  /// What a client sends.
  @Shape(name = "NewRoom")
  public record Body(
      @Shape(pattern = "[a-z0-9][a-z0-9_-]{0,49}", required = true) @Nullable String name,
      @Shape(most = 500, setting = "chatterbox.chat.limits.description-length")
          @Nullable String description) {}

  /// A page.
  @Shape(name = "RoomList")
  public record Listing(List<RoomView> rooms, Paging.View pagination) {
    public Listing {
      rooms = List.copyOf(rooms);
    }
  }

  /// All rooms, the newest first.
  @GET
  public Answer.Data<Listing> list(
      @QueryParam("page") @Nullable String page, @QueryParam("limit") @Nullable String limit) {
    Paging paging = Paging.read(page, limit);
    RoomLists.Listed listed = lists.list(paging);
    return Answer.of(new Listing(listed.rooms(), paging.view(listed.total())));
  }

  /// A new room.
  @POST
  @Answers(status = 201, shape = "Room")
  @Refuses(CONFLICT)
  public Response create(Body asked) {
    Caller caller = signedIn.caller();
    CreateRoom command =
        new CreateRoom(asked.name() == null ? "" : asked.name(), asked.description());
    RawJson reply = bus.ask(Service.CHAT, Key.room(command.name()), caller, command).body();
    return Response.status(Response.Status.CREATED).entity(Answer.of(reply)).build();
  }

  /// One room.
  @GET
  @Path("/{name}")
  @Refuses(ROOM_NOT_FOUND)
  public Answer.Data<RoomView> find(@PathParam("name") String name) {
    return Answer.of(lists.view(documents.read(Key.room(name))));
  }

  /// A room's messages, as those of a conversation.
  @GET
  @Path("/{name}/messages")
  @Refuses({ROOM_NOT_FOUND, NOT_FOUND})
  public Answer.Data<MessagePages.Page<RoomMessageView>> messages(
      @PathParam("name") String name,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("before") @Nullable String before,
      @QueryParam("after") @Nullable String after) {
    String userId = signedIn.caller().userId();
    MessagePages.Query query = new MessagePages.Query(limit, before, after);
    pages.check(query);
    Head head = documents.read(Key.room(name));
    RoomDocument.existing(head);
    return pages.answer(head, query, entry -> RoomMessageView.of(entry, userId));
  }
}
