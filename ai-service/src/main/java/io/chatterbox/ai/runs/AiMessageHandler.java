package io.chatterbox.ai.runs;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.chatterbox.ai.chat.Asked;
import io.chatterbox.ai.chat.ChatClient;
import io.chatterbox.ai.prompt.Prompts;
import io.chatterbox.ai.runs.RunDocument.Question;
import io.chatterbox.bus.PendingCommand;
import io.chatterbox.contract.AiCommand.AiMessage;
import io.chatterbox.contract.ChatCommand.AskAssistant;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Failure;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.Refusal;
import io.chatterbox.contract.documented.Acknowledges;
import io.chatterbox.contract.documented.Shape;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `ai-message`. The conversation is claimed first, then the question stored, then the run begun;
/// whatever comes in between, a stored question's run is ended by somebody.
///
/// chat-service checks what it alone knows, and in the contract's order: a question that was stored
/// before is answered by what it was, whatever speaks against a new one.
@Singleton
public class AiMessageHandler {
  private final ChatClient chat;
  private final Claims claims;
  private final Admission admission;
  private final Prompts prompts;
  private final Runner runner;
  private final Clock clock;

  AiMessageHandler(
      ChatClient chat,
      Claims claims,
      Admission admission,
      Prompts prompts,
      Runner runner,
      Clock clock) {
    this.chat = chat;
    this.claims = claims;
    this.admission = admission;
    this.prompts = prompts;
    this.runner = runner;
    this.clock = clock;
  }

  /// The reply.
  ///
  /// @param runId absent when the same `clientMessageId` was an ordinary message before
  @Acknowledges("ai-message")
  @Shape(name = "AiMessageAnswer")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Answered(@Shape(name = "Message") RawJson message, @Nullable String runId) {
    static Answered of(Asked asked) {
      return new Answered(asked.message(), asked.runId().orElse(null));
    }
  }

  /// Handles it; blocks.
  ///
  /// @throws Refusal for what is wrong with the request
  public Answered handle(AiMessage message, PendingCommand command) {
    // a conversation is not claimed by somebody who has no business there
    chat.checkParticipant(message.conversationId(), command.caller());
    Optional<Failure> objection = admission.objection(message.content());
    if (objection.isPresent()) {
      return Answered.of(ask(message, command, "", objection));
    }
    Question question =
        new Question(
            command.caller().userId(),
            command.caller().username(),
            command.id(),
            Optional.ofNullable(message.clientMessageId()),
            clock.instant());
    return switch (claims.claim(message.conversationId(), question)) {
      case Claims.Claim.Ours ours -> begin(message, command, ours);
      case Claims.Claim.Theirs(Optional<RunDocument> there) -> {
        boolean same = there.filter(run -> run.question().isSameAs(question)).isPresent();
        yield Answered.of(
            ask(
                message,
                command,
                there.map(RunDocument::runId).orElse(""),
                same ? Optional.empty() : Optional.of(Admission.conflict())));
      }
    };
  }

  private Answered begin(AiMessage message, PendingCommand command, Claims.Claim.Ours ours) {
    boolean started = false;
    try {
      RunDocument run = ours.document();
      Asked asked = askOrRelease(message, command, run);
      if (asked.runId().equals(Optional.of(run.runId()))) {
        Optional<RunDocument> confirmed = claims.confirm(run);
        if (confirmed.isPresent()) {
          runner.start(ours.run(), confirmed.get(), asked.rev(), prompts.of(asked.context()));
          started = true;
        }
      } else {
        claims.release(run);
        // nothing was going on here, so that run is over, or was lost
        asked.runId().ifPresent(before -> claims.endLost(run.withId(before)));
      }
      return Answered.of(asked);
    } finally {
      if (!started) {
        claims.letGo(ours);
      }
    }
  }

  private Asked askOrRelease(AiMessage message, PendingCommand command, RunDocument run) {
    try {
      return ask(message, command, run.runId(), admission.excess(command.caller().userId()));
    } catch (Refusal refusal) {
      if (refusal.code() != ErrorCode.UNAVAILABLE) {
        claims.release(run);
      }
      // else it may be stored, which the watch finds out
      throw refusal;
    }
  }

  private Asked ask(
      AiMessage message, PendingCommand command, String runId, Optional<Failure> otherwise) {
    return chat.ask(
        command.caller(),
        command.id(),
        new AskAssistant(
            message.conversationId(),
            message.content(),
            message.clientMessageId(),
            runId,
            otherwise.orElse(null)));
  }
}
