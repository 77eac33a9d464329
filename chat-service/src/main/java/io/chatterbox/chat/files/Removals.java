package io.chatterbox.chat.files;

import io.chatterbox.bus.CommandClient;
import io.chatterbox.chat.ChatConfig;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.MessageCommand.DropAttachment;
import io.chatterbox.contract.Service;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// Removes files: those that somebody deletes, and those that no message carries. What a crash
/// leaves half done is done again; that several replicas do it at once does no harm.
@Singleton
public class Removals {
  /// A message that was sent while its file was deleted is in the log long before this.
  private static final Duration TRACE_LIFE = Duration.ofHours(1);

  private final Files files;
  private final FileBytes bytes;
  private final CommandClient bus;
  private final ChatConfig.Files config;
  private final Clock clock;

  Removals(Files files, FileBytes bytes, CommandClient bus, ChatConfig config, Clock clock) {
    this.files = files;
    this.bytes = bytes;
    this.bus = bus;
    this.config = config.files();
    this.clock = clock;
  }

  /// Removes a file: at once nobody sees it any more, and the messages that carry it say so.
  void remove(FileDocument file) {
    files.delete(file.id(), clock.instant());
    finish(file);
  }

  /// Looks through all files once.
  public void sweep(Instant now) {
    for (FileDocument orphan : files.orphans(now.minus(config.orphanLife()))) {
      if (files.deleteOrphan(orphan.id(), now)) {
        finish(orphan);
      }
    }
    for (FileDocument trace : files.traces()) {
      finish(trace);
      files.forget(trace.id(), now.minus(TRACE_LIFE));
    }
  }

  private void finish(FileDocument file) {
    bytes.delete(file.filename());
    bytes.delete(Uploads.thumbnailOf(file.filename()));
    for (String message : file.carriers()) {
      Key key = FileAccess.keyOf(message);
      bus.ask(
          Service.CHAT,
          key,
          Caller.service(Service.CHAT),
          new DropAttachment(key.id(), message, file.id()));
    }
  }
}
