package io.chatterbox.ai.runs;

import com.mongodb.client.MongoDatabase;
import io.chatterbox.ai.AiConfig;
import io.chatterbox.ai.chat.ChatClient;
import io.chatterbox.ai.prompt.Prompts;
import io.chatterbox.ai.usage.FinishedRuns;
import io.chatterbox.bus.Channels;
import io.chatterbox.bus.Json;
import io.chatterbox.bus.Node;
import io.chatterbox.bus.PendingCommand;
import io.chatterbox.bus.Requests;
import io.chatterbox.contract.AiCommand.AiMessage;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.Key;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/// More replicas of ai-service than the test's own, with everything of their own but connections.
@Singleton
class Replicas {
  private final Stores stores;
  private final AdmissionTools outside;
  private final ChatClient chat;
  private final Prompts prompts;
  private final Json json;

  /// Where all replicas keep things.
  @Singleton
  record Stores(
      MongoDatabase database,
      Requests redis,
      Channels channels,
      FinishedRuns finished,
      Parts parts) {}

  Replicas(Stores stores, AdmissionTools outside, ChatClient chat, Prompts prompts, Json json) {
    this.stores = stores;
    this.outside = outside;
    this.chat = chat;
    this.prompts = prompts;
    this.json = json;
  }

  /// One replica.
  final class Replica {
    private final LiveRuns live = new LiveRuns(outside.config());
    private final Watch watch;
    private final AiMessageHandler message;

    private Replica(String name) {
      AiConfig config = outside.config();
      Clock clock = outside.clock();
      Node node = new Node(Optional.of(name));
      ActiveRuns runs = new ActiveRuns(stores.database());
      Texts texts = new Texts(stores.redis());
      Insistence insistence = new Insistence();
      Endings endings =
          new Endings(runs, texts, chat, stores.finished(), insistence, outside.metrics());
      Runner runner =
          new Runner(
              new AnsweringTools(
                  outside.provider(),
                  new AnsweringTools.Keeping(runs, texts, insistence),
                  stores.parts(),
                  new AnsweringTools.Oversight(
                      new Places(config), outside.moderation(), outside.metrics()),
                  config,
                  clock),
              endings,
              live);
      Recovery recovery =
          new Recovery(
              runs, live, texts, chat, endings, new RecoveryTools(runner, insistence, clock));
      Stops stops = new Stops(stores.channels(), stores.redis(), live);
      watch =
          new Watch(
              runs,
              new Writers(stores.database()),
              live,
              recovery,
              new WatchTools(stops, insistence, config, clock, node));
      message =
          new AiMessageHandler(
              chat,
              new Claims(runs, live, endings, clock, node),
              new Admission(outside, runs, live, stores.finished()),
              prompts,
              runner,
              clock);
      watch.prepare();
      watch.start();
    }

    /// Asks this replica.
    ///
    /// @return the run
    String ask(String conversationId, Caller caller, String content) {
      return ask(conversationId, caller, content, UUID.randomUUID().toString());
    }

    /// The same under an id, so that it can be repeated.
    String ask(String conversationId, Caller caller, String content, String commandId) {
      AiMessage asked = new AiMessage(conversationId, content, null);
      PendingCommand command =
          new PendingCommand(
              Key.conversation(conversationId), caller, commandId, "ai-message", json.write(asked));
      return Objects.requireNonNull(message.handle(asked, command).runId());
    }

    /// As if its process had been killed.
    void kill() {
      watch.abandon();
      live.all().forEach(run -> run.want(Run.Wish.LET_GO));
    }

    /// As if everybody else had lost sight of it, while it goes on.
    void isolate() {
      watch.abandon();
    }

    void drain() {
      watch.drain();
    }

    boolean isIdle() {
      return live.all().isEmpty();
    }
  }

  Replica start(String name) {
    return new Replica(name);
  }
}
