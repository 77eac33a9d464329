package io.chatterbox.bus;

import io.chatterbox.contract.Service;
import java.util.List;

/// What a service does with the commands of the partitions that its replica owns.
public interface CommandProcessor {

  /// Whose commands these are.
  Service service();

  /// Handles a batch of changes, up to 512 commands of many keys, in the order given. Called by one
  /// thread of the replica at a time, which may block. Every command is idempotent: any of them may
  /// come again after it was done, though no id stands twice in a batch. An expected refusal is a
  /// reply, not an exception.
  ///
  /// @throws StoreAwayException when the store does not answer: the batch is tried again, however
  ///   often, when it is back
  Outcome process(List<PendingCommand> batch);

  /// Answers a command that only asks (`Command.asks`), beside the batches and in no order with
  /// them. Called on a virtual thread, bounded in number.
  ///
  /// @throws io.chatterbox.contract.Refusal which is then the reply
  /// @throws StoreAwayException as above
  Reply ask(PendingCommand command);
}
