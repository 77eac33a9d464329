package io.chatterbox.ai;

import io.chatterbox.ai.runs.AiMessageHandler;
import io.chatterbox.ai.runs.AiStopHandler;
import io.chatterbox.ai.runs.ReadRunHandler;
import io.chatterbox.bus.CommandProcessor;
import io.chatterbox.bus.Json;
import io.chatterbox.bus.Outcome;
import io.chatterbox.bus.PendingCommand;
import io.chatterbox.bus.Reply;
import io.chatterbox.contract.AiCommand;
import io.chatterbox.contract.Service;
import jakarta.inject.Singleton;
import java.util.List;

/// Where the bus hands ai-service its commands. All of them are asked beside the batches: each
/// waits for chat-service, and what they change is guarded where it is kept.
@Singleton
class AiProcessor implements CommandProcessor {
  private final AiMessageHandler message;
  private final AiStopHandler stop;
  private final ReadRunHandler read;
  private final Json json;

  AiProcessor(AiMessageHandler message, AiStopHandler stop, ReadRunHandler read, Json json) {
    this.message = message;
    this.stop = stop;
    this.read = read;
    this.json = json;
  }

  @Override
  public Service service() {
    return Service.AI;
  }

  @Override
  public Outcome process(List<PendingCommand> batch) {
    return new Outcome(List.of(), batch.stream().map(this::ask).toList());
  }

  @Override
  public Reply ask(PendingCommand command) {
    Object answer =
        switch ((AiCommand) json.command(command)) {
          case AiCommand.AiMessage question -> message.handle(question, command);
          case AiCommand.AiStop stopping -> stop.handle(stopping, command.caller());
          case AiCommand.ReadRun reading -> read.handle(reading);
        };
    return new Reply.Done(command.id(), 0, json.write(answer));
  }
}
