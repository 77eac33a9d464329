package io.chatterbox.ai;

import io.chatterbox.bus.CommandLoop;
import io.chatterbox.bus.CommandProcessor;
import io.chatterbox.bus.Json;
import io.chatterbox.bus.Outcome;
import io.chatterbox.bus.PendingCommand;
import io.chatterbox.bus.Reply;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ChatCommand;
import io.chatterbox.contract.ChatCommand.AskAssistant;
import io.chatterbox.contract.ChatCommand.EndRun;
import io.chatterbox.contract.Refusal;
import io.chatterbox.contract.Service;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// chat-service as ai-service sees it: at the other end of the real bus, with a log in memory that
/// keeps the same promises.
@Singleton
public class ChatEnd implements CommandProcessor {
  private static final long REV = 7;

  private final Json json;
  private final Map<String, Set<String>> participants = new ConcurrentHashMap<>();
  private final Map<String, Question> questions = new ConcurrentHashMap<>();
  private final Map<String, List<Said>> said = new ConcurrentHashMap<>();
  private final Map<String, EndRun> ends = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> tries = new ConcurrentHashMap<>();
  private final List<String> order = new CopyOnWriteArrayList<>();

  ChatEnd(Json json) {
    this.json = json;
  }

  /// A question that is stored.
  public record Question(Map<String, Object> message, String runId) {}

  record Said(Map<String, String> sender, String content, String type) {}

  record Asked(Map<String, Object> message, String runId, List<Said> context) {}

  void start(@Observes StartupEvent event, CommandLoop loop) {
    loop.start(this);
  }

  /// Lets these people take part in a conversation.
  public void open(String conversationId, String... userIds) {
    participants.put(conversationId, Set.of(userIds));
  }

  /// Somebody, or the assistant, said something before.
  public void says(String conversationId, String username, String content, String type) {
    said.computeIfAbsent(conversationId, _ -> new CopyOnWriteArrayList<>())
        .add(new Said(Map.of("_id", "id of " + username, "username", username), content, type));
  }

  /// How a run ended, if it did.
  public Optional<EndRun> end(String runId) {
    return Optional.ofNullable(ends.get(runId));
  }

  /// How a conversation's runs ended, in order.
  public List<EndRun> endsOf(String conversationId) {
    List<EndRun> found = new ArrayList<>();
    for (String runId : order) {
      end(runId).filter(end -> end.conversationId().equals(conversationId)).ifPresent(found::add);
    }
    return found;
  }

  /// How often a run was ended.
  public int triesOf(String runId) {
    return tries.getOrDefault(runId, new AtomicInteger()).get();
  }

  /// Somebody's question was stored for a run.
  public void asks(String conversationId, Caller asker, String commandId, String runId) {
    Map<String, Object> message = Map.of("_id", commandId, "sender", asker.userId());
    questions.put(conversationId + " g:ask-" + commandId, new Question(message, runId));
  }

  /// How many questions a conversation has.
  public long questionsIn(String conversationId) {
    return questions.keySet().stream().filter(id -> id.startsWith(conversationId + " ")).count();
  }

  @Override
  public Service service() {
    return Service.CHAT;
  }

  @Override
  public Outcome process(List<PendingCommand> batch) {
    return new Outcome(List.of(), batch.stream().map(this::ask).toList());
  }

  @Override
  public Reply ask(PendingCommand command) {
    try {
      return new Reply.Done(command.id(), REV, json.write(answer(command)));
    } catch (Refusal refusal) {
      return Reply.refused(command.id(), refusal);
    }
  }

  private Object answer(PendingCommand command) {
    return switch (json.command(command)) {
      case ChatCommand.CheckParticipant check -> {
        checkParticipant(check.conversationId(), command);
        yield Map.of();
      }
      case AskAssistant question -> ask(question, command);
      case EndRun end -> {
        tries.computeIfAbsent(end.runId(), _ -> new AtomicInteger()).incrementAndGet();
        if (ends.putIfAbsent(end.runId(), end) == null) {
          order.add(end.runId());
        }
        yield Map.of();
      }
      default -> throw new IllegalArgumentException("not asked by ai-service: " + command.event());
    };
  }

  private Asked ask(AskAssistant asked, PendingCommand command) {
    String conversation = asked.conversationId();
    checkParticipant(conversation, command);
    String given = asked.clientMessageId();
    String id = conversation + " " + (given == null ? "g:" + command.id() : "c:" + given);
    if (asked.otherwise() != null && !questions.containsKey(id)) {
      throw asked.otherwise().refusal();
    }
    boolean isNew = !questions.containsKey(id);
    Question question =
        questions.computeIfAbsent(
            id, _ -> new Question(Map.of("_id", id, "content", asked.content()), asked.runId()));
    if (isNew) {
      says(conversation, command.caller().username(), asked.content(), "text");
    }
    return new Asked(
        question.message(), question.runId(), said.getOrDefault(conversation, List.of()));
  }

  private void checkParticipant(String conversationId, PendingCommand command) {
    if (!participants.getOrDefault(conversationId, Set.of()).contains(command.caller().userId())) {
      throw Refusal.notFound("There is no such conversation.");
    }
  }
}
