package io.chatterbox.chat.members;

import io.chatterbox.bus.Json;
import io.chatterbox.chat.conversations.ConversationDocument;
import io.chatterbox.chat.conversations.Memberships;
import io.chatterbox.chat.log.AskHandler;
import io.chatterbox.chat.log.Documents;
import io.chatterbox.chat.log.Head;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ChatCommand.ListSubscriptions;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.Subscriptions;
import io.chatterbox.contract.Subscriptions.Followed;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/// `subscriptions`: a gateway asks what to follow for a user who has signed in there. The `rev` of
/// his own log is read first, so whatever he is added to later stands above it.
@Singleton
class ListSubscriptionsHandler implements AskHandler<ListSubscriptions> {
  private final Documents documents;
  private final Memberships memberships;
  private final Json json;

  ListSubscriptionsHandler(Documents documents, Memberships memberships, Json json) {
    this.documents = documents;
    this.memberships = memberships;
    this.json = json;
  }

  @Override
  public Class<ListSubscriptions> command() {
    return ListSubscriptions.class;
  }

  @Override
  public Answer answer(ListSubscriptions command, Caller caller) {
    long rev = documents.read(Key.user(command.userId())).rev();
    List<Key> conversations =
        memberships.of(command.userId()).stream().map(Key::conversation).toList();
    List<Followed> followed = new ArrayList<>();
    for (Head head : documents.read(conversations).values()) {
      head.state(ConversationDocument.class)
          .filter(conversation -> conversation.participants().has(command.userId()))
          .ifPresent(conversation -> followed.add(FollowHandler.followed(head, conversation)));
    }
    return new Answer(rev, json.write(new Subscriptions(rev, followed)));
  }
}
