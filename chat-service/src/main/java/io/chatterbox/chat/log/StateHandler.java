package io.chatterbox.chat.log;

import io.chatterbox.bus.Publication;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.Refusal;
import java.util.List;
import java.util.Optional;

/// Handles a command that changes something which has no number, such as a read pointer.
public non-sealed interface StateHandler<C extends Record> extends Handler<C> {

  /// Names what has to be read before; it is read for a whole batch at once.
  ///
  /// @param known what was read so far: asked again until nothing more is wanted
  default void wants(C command, Fetched known, Wants wants) {}

  /// Checks form, existence and right at the command's place in the order.
  ///
  /// @throws Refusal when it is refused
  void check(C command, Turn turn);

  /// Does what was not refused, for a whole batch at once: one result for each, in the same order.
  /// The entries that stand before them in the order are stored by now.
  List<Result> settle(List<Checked<C>> commands);

  /// A command that was not refused.
  record Checked<C extends Record>(C command, Turn turn) {}

  /// What it came to.
  record Result(RawJson body, Optional<Publication> publication) {}
}
