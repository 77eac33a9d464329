package io.chatterbox.chat;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoServerException;
import com.mongodb.MongoWriteConcernException;
import io.chatterbox.bus.CommandProcessor;
import io.chatterbox.bus.Outcome;
import io.chatterbox.bus.PendingCommand;
import io.chatterbox.bus.Reply;
import io.chatterbox.bus.StoreAwayException;
import io.chatterbox.chat.log.Asking;
import io.chatterbox.chat.log.Writer;
import io.chatterbox.contract.Service;
import jakarta.inject.Singleton;
import java.util.List;

/// Where the bus hands chat-service its commands.
@Singleton
class ChatProcessor implements CommandProcessor {
  private final Writer writer;
  private final Asking asking;

  ChatProcessor(Writer writer, Asking asking) {
    this.writer = writer;
    this.asking = asking;
  }

  @Override
  public Service service() {
    return Service.CHAT;
  }

  @Override
  public Outcome process(List<PendingCommand> batch) {
    try {
      return writer.write(batch);
    } catch (MongoException e) {
      throw isAway(e) ? new StoreAwayException(e) : e;
    }
  }

  @Override
  public Reply ask(PendingCommand command) {
    try {
      return asking.ask(command);
    } catch (MongoException e) {
      throw isAway(e) ? new StoreAwayException(e) : e;
    }
  }

  /// Whether the server or its majority could not be reached, or is busy changing its primary; else
  /// it has understood and refused, and would do so again.
  private static boolean isAway(MongoException e) {
    if (e instanceof MongoBulkWriteException bulk) {
      return bulk.getWriteConcernError() != null;
    }
    return !(e instanceof MongoServerException)
        || e instanceof MongoWriteConcernException
        || e instanceof MongoNotPrimaryException
        || e instanceof MongoNodeIsRecoveringException
        || e.hasErrorLabel("RetryableWriteError");
  }
}
