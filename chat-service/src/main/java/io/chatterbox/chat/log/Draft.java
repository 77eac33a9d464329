package io.chatterbox.chat.log;

import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.Refusal;
import org.bson.Document;

/// What a command is to come to.
public sealed interface Draft {

  /// The id under which the log knows the command or would know it. If it was stored before, that
  /// entry is its answer, whatever the draft says.
  String commandId();

  /// An entry.
  ///
  /// @param message whether it takes a `seq`
  /// @param metered whether it counts against the sender's rate
  record Write(String kind, String commandId, boolean message, boolean metered, Document body)
      implements Draft {

    /// A change of an earlier entry of the same key.
    ///
    /// @param amended that entry as it is to be
    /// @param more what else the kind keeps
    public static Write amending(String kind, String commandId, Entry amended, Document more) {
      Document body = new Document(Entry.AMENDED, Entries.document(amended));
      body.putAll(more);
      return new Write(kind, commandId, false, false, body);
    }
  }

  /// Nothing is written, because what was wanted is so already.
  record Done(String commandId, RawJson body) implements Draft {}

  /// Refused.
  record Refused(String commandId, Refusal refusal) implements Draft {}
}
