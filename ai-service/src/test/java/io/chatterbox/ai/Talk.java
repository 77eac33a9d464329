package io.chatterbox.ai;

import static org.awaitility.Awaitility.await;

import io.chatterbox.bus.Channels;
import io.chatterbox.bus.CommandClient;
import io.chatterbox.bus.Hints;
import io.chatterbox.bus.Json;
import io.chatterbox.contract.AiCommand.AiMessage;
import io.chatterbox.contract.AiCommand.AiStop;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ChatCommand.EndRun;
import io.chatterbox.contract.ClientEvent;
import io.chatterbox.contract.Hint;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.Service;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.Dependent;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A conversation of its own with the assistant, over the bus.
@Dependent
public class Talk {
  public static final Duration PATIENCE = Duration.ofSeconds(20);

  private final CommandClient bus;
  private final ChatEnd chat;
  private final Json json;
  private final Key key = Key.conversation("talk-" + UUID.randomUUID());
  private final Caller anna = person("anna");
  private final Caller ben = person("ben");
  private final List<Part> parts = new CopyOnWriteArrayList<>();

  Talk(CommandClient bus, Channels channels, Hints hints, ChatEnd chat, Json json) {
    this.bus = bus;
    this.chat = chat;
    this.json = json;
    chat.open(key.id(), anna.userId(), ben.userId());
    channels
        .subscribe(
            Service.CHAT.partitionOf(key).channel(key),
            (Buffer message) -> hints.read(message).forEach(this::heard))
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  /// `ai-stream`.
  public record Part(String conversationId, String runId, int index, String content) {}

  record Answered(RawJson message, @Nullable String runId) {
    String run() {
      return runId == null ? "" : runId;
    }
  }

  record Stopped(boolean stopped) {}

  static Caller person(String name) {
    return new Caller(name + "-" + UUID.randomUUID(), name, "session", "socket");
  }

  public String id() {
    return key.id();
  }

  public Caller anna() {
    return anna;
  }

  public Caller ben() {
    return ben;
  }

  /// Asks as anna.
  ///
  /// @return the run's id
  public String ask(String content) {
    return ask(anna, content, null).run();
  }

  Answered ask(Caller caller, String content, @Nullable String clientMessageId) {
    return json.read(
        bus.ask(Service.AI, key, caller, new AiMessage(key.id(), content, clientMessageId)).body(),
        Answered.class);
  }

  public boolean stop(Caller caller, @Nullable String runId) {
    return json.read(
            bus.ask(Service.AI, key, caller, new AiStop(key.id(), runId)).body(), Stopped.class)
        .stopped();
  }

  /// The parts that were told of a run.
  public List<Part> parts(String runId) {
    return parts.stream()
        .filter(part -> part.runId().equals(runId) && !part.content().isEmpty())
        .toList();
  }

  /// What they come to.
  public String told(String runId) {
    return parts(runId).stream().map(Part::content).collect(Collectors.joining());
  }

  /// Waits until somebody has been told something.
  public void awaitPart(String runId) {
    await().atMost(PATIENCE).until(() -> !parts(runId).isEmpty());
  }

  /// Waits for the end.
  public EndRun awaitEnd(String runId) {
    await().atMost(PATIENCE).until(() -> chat.end(runId).isPresent());
    return chat.end(runId).orElseThrow();
  }

  private void heard(Hint hint) {
    for (ClientEvent event : hint.events()) {
      if (event.event().equals("ai-stream")) {
        parts.add(json.read(event.payload(), Part.class));
      }
    }
  }
}
