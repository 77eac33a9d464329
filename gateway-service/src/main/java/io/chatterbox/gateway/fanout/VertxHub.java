package io.chatterbox.gateway.fanout;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/// An event loop context of its own.
@Singleton
final class VertxHub implements Hub {
  private static final Logger LOG = Logger.getLogger(VertxHub.class);

  private final Vertx vertx;
  private final Context context;

  @Inject
  VertxHub(Vertx vertx) {
    this.vertx = vertx;
    // getOrCreateContext would give the context of a request that happens to run
    this.context = ((VertxInternal) vertx).createEventLoopContext();
  }

  @Override
  public void execute(Runnable task) {
    context.runOnContext(_ -> guarded(task));
  }

  @Override
  public Timer after(long millis, Runnable task) {
    AtomicBoolean cancelled = new AtomicBoolean();
    long id =
        vertx.setTimer(
            Math.max(1, millis),
            _ ->
                execute(() -> {
                  if (!cancelled.get()) {
                    task.run();
                  }
                }));
    return () -> {
      cancelled.set(true);
      vertx.cancelTimer(id);
    };
  }

  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.error("event=hub-task-failed", e);
    }
  }
}
