package io.chatterbox.chat.rooms;

import io.chatterbox.bus.CommandClient;
import io.chatterbox.chat.history.MessagePages;
import io.chatterbox.chat.history.RoomMessageView;
import io.chatterbox.chat.log.Documents;
import io.chatterbox.chat.log.Head;
import io.chatterbox.chat.rest.Answers;
import io.chatterbox.chat.rest.Limit;
import io.chatterbox.chat.rest.PageView;
import io.chatterbox.chat.rest.SignedIn;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ChatCommand.CreateRoom;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.Service;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/// Rooms over REST.
@Path("/api/rooms")
@RunOnVirtualThread
class RoomsResource {
  private static final int USUAL = 20;

  private final SignedIn signedIn;
  private final CommandClient bus;
  private final RoomLists lists;
  private final Documents documents;
  private final MessagePages pages;
  private final Answers answers;

  RoomsResource(
      SignedIn signedIn,
      CommandClient bus,
      RoomLists lists,
      Documents documents,
      MessagePages pages,
      Answers answers) {
    this.signedIn = signedIn;
    this.bus = bus;
    this.lists = lists;
    this.documents = documents;
    this.pages = pages;
    this.answers = answers;
  }

  record Body(@Nullable String name, @Nullable String description) {}

  @GET
  Response list(
      @QueryParam("page") @Nullable String page, @QueryParam("limit") @Nullable String limit) {
    signedIn.caller();
    int number = Limit.page(page);
    int size = Limit.of(limit, USUAL);
    RoomLists.Listed listed = lists.list(PageView.skipped(number, size), size);
    return answers.list("rooms", listed.rooms(), new PageView(number, size, listed.total()));
  }

  @POST
  Response create(byte[] body) {
    Caller caller = signedIn.caller();
    Body asked = answers.body(body, Body.class);
    CreateRoom command =
        new CreateRoom(asked.name() == null ? "" : asked.name(), asked.description());
    RawJson reply = bus.ask(Service.CHAT, Key.room(command.name()), caller, command).body();
    return answers.created(reply);
  }

  @GET
  @Path("/{name}")
  Response find(@PathParam("name") String name) {
    signedIn.caller();
    return answers.ok(lists.view(documents.read(Key.room(name))));
  }

  @GET
  @Path("/{name}/messages")
  Response messages(
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
