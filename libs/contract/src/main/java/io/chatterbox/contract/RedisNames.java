package io.chatterbox.contract;

/// Redis names that belong to no partition. None of them is used together with another one in a
/// script.
public final class RedisNames {
  private RedisNames() {}

  /// A sorted set of a service's live replicas by the time of their last sign of life.
  public static String replicas(Service service) {
    return "{" + service.id() + "}:replicas";
  }

  /// The pub/sub channel on which a process hears the replies to what it sent.
  ///
  /// @param node the process's unique name
  public static String replies(String node) {
    return "{reply:" + node + "}";
  }

  /// A pub/sub channel on which nothing is said: subscribing to it again shows that Redis listens.
  ///
  /// @param node the process's unique name
  public static String probe(String node) {
    return "{reply:" + node + "}:probe";
  }

  /// The address (`host:port`) at which other gateways reach this one.
  public static String gatewayAddress(String node) {
    return "{gateway:" + node + "}:address";
  }

  /// A gateway's lease with presence: exists as long as the gateway lives.
  ///
  /// @param incarnation the gateway's name with a part that is new whenever it reports everything
  public static String gatewayLease(String incarnation) {
    return "{gateway:" + incarnation + "}:lease";
  }

  /// The pub/sub channel on which presence asks gateways to report everything again.
  public static String reportRequests() {
    return "{gateway}:report-requests";
  }

  /// A user's bucket for what he sends, over all gateways and replicas.
  public static String sendingBucket(String userId) {
    return "{sending:" + userId + "}:bucket";
  }
}
