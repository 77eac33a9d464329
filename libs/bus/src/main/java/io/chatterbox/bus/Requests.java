package io.chatterbox.bus;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisAPI;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Arrays;

/// Redis for what services keep there by themselves, be it one, a cluster or what sentinels name.
/// Requests go out behind each other over the link that everybody shares and do not wait for each
/// other's answers, which a pool's connections do: with many callers at once that is many times as
/// fast.
@Singleton
public final class Requests {
  private final Router router;

  @Inject
  Requests(Links links) {
    this.router = links.requests();
  }

  /// Sends a request. Does not block; those of one thread and one hash tag are carried out in their
  /// order. No blocking command and no subscription; all keys have one hash tag.
  ///
  /// @return Redis's answer, on the caller's context where he has one; or failed with Redis's
  ///   refusal, or because it is away
  public Future<Response> send(Request request) {
    return here(router.send(request));
  }

  /// Publishes on a channel.
  public Future<Response> publish(String channel, Object message) {
    return here(router.publish(channel, message));
  }

  /// The command that a script publishes with, handed to it as an argument: in a cluster it is
  /// another one.
  public String publishing() {
    return router.publishing().toString();
  }

  /// The same by the names of commands.
  public RedisAPI api() {
    return new Api(this);
  }

  Router router() {
    return router;
  }

  private static Future<Response> here(Future<Response> answer) {
    if (!(Vertx.currentContext() instanceof ContextInternal context)) {
      return answer;
    }
    Promise<Response> promise = context.promise();
    answer.onComplete(promise);
    return promise.future();
  }

  private record Api(Requests requests) implements RedisAPI {
    @Override
    public Future<Response> send(Command command, String... arguments) {
      return requests.send(
          Request.cmd(command, Arrays.copyOf(arguments, arguments.length, Object[].class)));
    }

    @Override
    public void close() {
      // the links are everybody's
    }
  }
}
