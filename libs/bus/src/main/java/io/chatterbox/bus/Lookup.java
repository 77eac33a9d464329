package io.chatterbox.bus;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds out where the masters are. Asked by one at a time.
interface Lookup {

  /// @return failed when nobody could say
  Future<Masters> look();

  static Lookup of(Access access) {
    return switch (access.type()) {
      case CLUSTER -> new OfCluster(access);
      case SENTINEL -> new OfSentinels(access);
      case STANDALONE, REPLICATION -> new OfOne(access);
    };
  }

  /// There is one, and it is where the settings say.
  record OfOne(Access access) implements Lookup {
    @Override
    public Future<Masters> look() {
      return Future.succeededFuture(Masters.one(access.seeds().getFirst()));
    }
  }

  /// Any process of a cluster knows. Each time another is asked: one that was cut off from the
  /// others does not know what they have agreed on since.
  final class OfCluster implements Lookup {
    private final Access access;
    private Set<Address> known = Set.of();
    private int turn;

    OfCluster(Access access) {
      this.access = access;
    }

    @Override
    public Future<Masters> look() {
      Set<Address> all = new LinkedHashSet<>(known);
      all.addAll(access.seeds());
      List<Address> candidates = new ArrayList<>(all);
      Collections.rotate(candidates, turn++);
      return look(candidates, 0);
    }

    private Future<Masters> look(List<Address> candidates, int next) {
      Address asked = candidates.get(next);
      return access
          .ask(asked, Request.cmd(Command.CLUSTER, "SLOTS"))
          .map(answer -> known(Masters.read(answer, asked)))
          .recover(e ->
              next + 1 < candidates.size() ? look(candidates, next + 1) : Future.failedFuture(e));
    }

    private Masters known(Masters masters) {
      if (masters.all().isEmpty()) {
        throw new IllegalStateException("it knows no master");
      }
      known = masters.all();
      return masters;
    }
  }

  /// Sentinels know who is the master now, or believe to: so it is asked whether it thinks so too.
  final class OfSentinels implements Lookup {
    private final Access access;
    private int turn;

    OfSentinels(Access access) {
      this.access = access;
    }

    @Override
    public Future<Masters> look() {
      List<Address> sentinels = new ArrayList<>(access.seeds());
      Collections.rotate(sentinels, turn++);
      return look(sentinels, 0);
    }

    private Future<Masters> look(List<Address> sentinels, int next) {
      Request question =
          Request.cmd(Command.SENTINEL, "GET-MASTER-ADDR-BY-NAME", access.masterName());
      return access
          .ask(sentinels.get(next), question)
          .compose(this::checked)
          .recover(e ->
              next + 1 < sentinels.size() ? look(sentinels, next + 1) : Future.failedFuture(e));
    }

    private Future<Masters> checked(@Nullable Response answer) {
      if (answer == null || answer.size() != 2) {
        throw new IllegalStateException("it knows no master " + access.masterName());
      }
      Address master = new Address(answer.get(0).toString(), answer.get(1).toInteger());
      return access
          .ask(master, Request.cmd(Command.ROLE))
          .map(role -> {
            if (!role.get(0).toString().equals("master")) {
              throw new IllegalStateException(master + " is no master");
            }
            return Masters.one(master);
          });
    }
  }
}
