package io.chatterbox.chat.rooms;

import io.chatterbox.chat.log.Documents;
import io.chatterbox.chat.log.Head;
import io.chatterbox.contract.Key;
import io.chatterbox.rest.Paging;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/// Rooms with the number of people inside.
@Singleton
class RoomLists {
  private final Rooms rooms;
  private final Documents documents;
  private final Occupancy occupancy;

  RoomLists(Rooms rooms, Documents documents, Occupancy occupancy) {
    this.rooms = rooms;
    this.documents = documents;
    this.occupancy = occupancy;
  }

  /// One page.
  ///
  /// @param total of all pages
  record Listed(List<RoomView> rooms, long total) {
    Listed {
      rooms = List.copyOf(rooms);
    }
  }

  /// All rooms, the newest first.
  Listed list(Paging paging) {
    List<String> names =
        paging.skip() > Integer.MAX_VALUE
            ? List.of()
            : rooms.list(Math.toIntExact(paging.skip()), paging.limit());
    Map<Key, Head> heads = documents.read(names.stream().map(Key::room).toList());
    Map<String, Long> counts = occupancy.counts(names);
    List<RoomView> views =
        names.stream()
            .map(name -> Head.in(heads, Key.room(name)))
            .map(head -> RoomView.of(head, counts.getOrDefault(head.key().id(), 0L)))
            .toList();
    return new Listed(views, rooms.count());
  }

  /// One room.
  ///
  /// @throws io.chatterbox.contract.Refusal `ROOM_NOT_FOUND` when there is none
  RoomView view(Head head) {
    RoomDocument.existing(head);
    String name = head.key().id();
    return RoomView.of(head, occupancy.counts(List.of(name)).getOrDefault(name, 0L));
  }
}
