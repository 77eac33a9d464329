package io.chatterbox.auth.mail;

import io.chatterbox.auth.AuthConfig;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Refusal;
import io.quarkus.mailer.Mail;
import io.quarkus.mailer.Mailer;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/// Writes letters beside the request, so that its answer takes the same time whether or not there
/// is one to write.
@Singleton
public final class Letters {
  private static final Logger LOG = Logger.getLogger(Letters.class);
  private static final long RETRY_AFTER_MS = 5_000;

  private final Mailer mailer;
  private final Semaphore waiting;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  Letters(Mailer mailer, AuthConfig config) {
    this.mailer = mailer;
    this.waiting = new Semaphore(config.mail().waiting());
  }

  /// A letter.
  public record Letter(String to, String subject, String text) {}

  /// Finds out whether there is a letter to write, and writes it, later. One that cannot be sent is
  /// lost: people ask again.
  ///
  /// @throws Refusal `UNAVAILABLE` when too many are under way
  public void write(Supplier<Optional<Letter>> letter) {
    if (!waiting.tryAcquire()) {
      throw new Refusal(
          ErrorCode.UNAVAILABLE, "Too many letters are under way; try again.", RETRY_AFTER_MS);
    }
    threads.execute(() -> {
      try {
        letter.get().ifPresent(this::send);
      } catch (RuntimeException e) {
        // not the address, not the text
        LOG.warnf("event=letter-not-sent reason=%s", e.getClass().getName());
      } finally {
        waiting.release();
      }
    });
  }

  private void send(Letter letter) {
    mailer.send(Mail.withText(letter.to(), letter.subject(), letter.text()));
  }

  @PreDestroy
  void close() {
    threads.close();
  }
}
