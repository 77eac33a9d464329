package io.chatterbox.bus;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.ProtocolVersion;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// How a connection to a Redis process is made, wherever it is: from the settings of the
/// application's default client. All processes of a cluster, and sentinels with them, take the same
/// user, password and TLS.
final class Access {
  private static final int DEFAULT_PORT = 6379;

  private final Vertx vertx;
  private final RedisOptions plain;
  private final RedisClientType type;
  private final String masterName;
  private final List<URI> endpoints;
  private final Duration patience;

  Access(Vertx vertx, RedisOptions settings, Duration patience) {
    this.vertx = vertx;
    this.patience = patience;
    this.type = settings.getType();
    this.masterName = settings.getMasterName();
    this.endpoints = settings.getEndpoints().stream().map(URI::create).toList();
    this.plain = plain(settings, patience);
    if (type == RedisClientType.REPLICATION) {
      throw new IllegalStateException(
          "quarkus.redis.client-type has to be standalone, cluster or sentinel");
    }
  }

  RedisClientType type() {
    return type;
  }

  /// What sentinels call the master.
  String masterName() {
    return masterName;
  }

  /// The addresses that are configured: of one Redis, of some of a cluster, or of sentinels.
  List<Address> seeds() {
    return endpoints.stream().map(Access::address).toList();
  }

  /// What a plain connection to this process is made with.
  RedisOptions at(Address address) {
    RedisOptions options = new RedisOptions(plain);
    if (type != RedisClientType.STANDALONE) {
      options.setEndpoints(List.of(endpoint(address)));
    }
    return options;
  }

  /// Asks over a connection made for that.
  Future<Response> ask(Address address, Request request) {
    Redis client = Redis.createClient(vertx, at(address));
    return client
        .connect()
        .compose(connection -> connection.send(request))
        .timeout(patience.toMillis() / 2, TimeUnit.MILLISECONDS)
        .onComplete(_ -> client.close());
  }

  private String endpoint(Address address) {
    URI like = endpoints.getFirst();
    StringBuilder uri = new StringBuilder(like.getScheme()).append("://");
    if (like.getRawUserInfo() != null) {
      uri.append(like.getRawUserInfo()).append('@');
    }
    boolean isBare = address.host().indexOf(':') >= 0 && !address.host().startsWith("[");
    uri.append(isBare ? "[" + address.host() + "]" : address.host());
    uri.append(':').append(address.port());
    if (type == RedisClientType.SENTINEL && like.getRawPath() != null) {
      // a cluster has one database only
      uri.append(like.getRawPath());
    }
    if (like.getRawQuery() != null) {
      uri.append('?').append(like.getRawQuery());
    }
    return uri.toString();
  }

  private static Address address(URI endpoint) {
    if (endpoint.getHost() == null) {
      return new Address(String.valueOf(endpoint.getPath()), 0);
    }
    return new Address(
        endpoint.getHost(), endpoint.getPort() < 0 ? DEFAULT_PORT : endpoint.getPort());
  }

  private static RedisOptions plain(RedisOptions settings, Duration patience) {
    RedisOptions plain = new RedisOptions(settings);
    plain.setType(RedisClientType.STANDALONE);
    plain.setMaxPoolSize(1).setMaxPoolWaiting(1).setPoolCleanerInterval(-1);
    plain.setMaxWaitingHandlers(Links.MOST_WAITING).setPoolName("bus");
    // in the third version a pushed message takes the place of an answer that is awaited
    plain.setPreferredProtocolVersion(ProtocolVersion.RESP2);
    NetClientOptions net = plain.getNetClientOptions();
    net.setConnectTimeout((int) patience.toMillis()).setReconnectAttempts(0);
    net.setIdleTimeout(0).setReadIdleTimeout(0).setWriteIdleTimeout(0);
    net.setTcpKeepAlive(true).setTcpNoDelay(true);
    return plain;
  }
}
