package io.chatterbox.chat.log;

import io.chatterbox.bus.Json;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ChatCommand.CheckHeads;
import io.chatterbox.contract.ChatCommand.Head;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.Refusal;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// `check-heads`: tells a gateway that may have missed hints which of its keys have more.
@Singleton
class CheckHeadsHandler implements AskHandler<CheckHeads> {
  private static final int MOST = 1000;

  private final Documents documents;
  private final Json json;

  CheckHeadsHandler(Documents documents, Json json) {
    this.documents = documents;
    this.json = json;
  }

  record Ahead(List<Head> ahead) {
    Ahead {
      ahead = List.copyOf(ahead);
    }
  }

  @Override
  public Class<CheckHeads> command() {
    return CheckHeads.class;
  }

  @Override
  public Answer answer(CheckHeads command, Caller caller) {
    if (command.heads().size() > MOST) {
      throw Refusal.invalid("At most " + MOST + " heads may be checked at once.");
    }
    Map<Key, Long> asked = new HashMap<>();
    try {
      command.heads().forEach(head -> asked.put(Key.parse(head.key()), head.rev()));
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid("key names nothing that has a log.");
    }
    Map<Key, io.chatterbox.chat.log.Head> heads = documents.read(asked.keySet());
    List<Head> ahead = new ArrayList<>();
    asked.forEach((key, rev) -> {
      long last = io.chatterbox.chat.log.Head.in(heads, key).rev();
      if (last > rev) {
        ahead.add(new Head(key.text(), last));
      }
    });
    return new Answer(0, json.write(new Ahead(ahead)));
  }
}
