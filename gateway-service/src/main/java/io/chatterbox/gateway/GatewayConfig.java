package io.chatterbox.gateway;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Settings of the gateway.
@ConfigMapping(prefix = "chatterbox.gateway")
public interface GatewayConfig {

  /// Origins of pages besides this one that may connect and call; `*` for any.
  Optional<Set<String>> corsOrigins();

  /// Addresses or networks (`10.0.0.0/8`) whose `X-Forwarded-For` is believed.
  Optional<List<String>> trustedProxies();

  /// Who may use the operator's page: names of accounts, or `id:` and an account's id. Nobody:
  /// there is no such page.
  Optional<Set<String>> operators();

  /// Over how long the sockets of a gateway that stops are closed, so that a fleet of clients does
  /// not come back at once.
  @WithDefault("10s")
  Duration drain();

  /// The layer below events.
  Sockets sockets();

  /// Who sockets speak for.
  Authority authority();

  /// The way of events to services.
  Routing routing();

  /// The way of changes to sockets.
  Fanout fanout();

  /// Sessions that are taken up again after their connection was lost.
  Recovery recovery();

  /// Who is typing.
  Typing typing();

  /// Who is here, and who is online elsewhere.
  Presence presence();

  /// The REST edge.
  Edge edge();

  /// The layer below events.
  interface Sockets {
    /// From one pong to the next ping.
    @WithDefault("25s")
    Duration pingInterval();

    /// How long a pong may take.
    @WithDefault("20s")
    Duration pingTimeout();

    /// Bytes of one WebSocket message or polling body.
    @WithDefault("1000000")
    int maxPayload();

    /// Bytes that wait for one connection that does not read; above it the connection is closed.
    @WithDefault("1048576")
    int maxQueuedBytes();

    /// Sockets from one address of the network at this gateway; IPv6 addresses count by their /64.
    @WithDefault("1000")
    int perAddress();

    /// Sockets opened a second from one address at this gateway; twice as many may come at once.
    @WithDefault("100")
    int opensPerSecond();

    /// Whether clients of Engine.IO revision 3 are let in.
    @WithDefault("false")
    boolean allowOldClients();
  }

  /// Who sockets speak for.
  interface Authority {
    /// How long a socket may stay without authentication.
    @WithDefault("30s")
    Duration unauthenticated();

    /// How long before a token's end its socket is told.
    @WithDefault("60s")
    Duration expiryNotice();

    /// How long checking a token may take.
    @WithDefault("4s")
    Duration patience();

    /// How often the list of revoked tokens is read, in case that something was not heard.
    @WithDefault("500ms")
    Duration revocationCheck();

    /// After this long without reading it nobody new is let in, and no call that needs a token.
    @WithDefault("5s")
    Duration revocationsStale();

    /// By how many seconds clocks may differ: a token let in within them counts until they are
    /// over. One setting for all services, `mp.jwt.verify.clock.skew`.
    @WithDefault("${mp.jwt.verify.clock.skew:30}")
    int skewSeconds();

    /// Sockets of one user, over all gateways.
    @WithDefault("100")
    int perUser();

    /// Token checks under way at a time; more are refused.
    @WithDefault("256")
    int checks();

    /// How long signing in waits for the user's subscriptions. They go on being made afterwards.
    @WithDefault("3s")
    Duration subscribing();
  }

  /// The way of events to services.
  interface Routing {
    /// When an event is answered at the latest.
    @WithDefault("10600ms")
    Duration answerWithin();

    /// Events of one socket that wait for their answers; more are refused.
    @WithDefault("256")
    int pending();

    /// Bytes of one socket's events that wait for their answers; more are refused.
    @WithDefault("1048576")
    int pendingBytes();

    /// Bytes of one event's payload.
    @WithDefault("262144")
    int largestPayload();

    /// Commands of one socket about one key that are sent at once.
    @WithDefault("32")
    int atOnce();

    /// Events per second of one socket, messages excepted; as many may come at once.
    @WithDefault("50")
    int eventsPerSecond();
  }

  /// The way of changes to sockets.
  interface Fanout {
    /// How long a hole may stay before it is filled from the log.
    @WithDefault("50ms")
    Duration repairAfter();

    /// Changes of one key that are kept while one before them is missing.
    @WithDefault("64")
    int held();

    /// Changes of one key that are kept for those who are coming in.
    @WithDefault("256")
    int backlog();

    /// After this much silence of a partition's owner its keys are checked.
    @WithDefault("4s")
    Duration silence();
  }

  /// Sessions that are taken up again after their connection was lost.
  interface Recovery {
    /// For how long a session is kept after its connection was lost.
    @WithDefault("2m")
    Duration keeps();

    /// Sessions that are kept; of more the oldest go.
    @WithDefault("20000")
    int sessions();

    /// Conversations and rooms of one session; one with more is not kept.
    @WithDefault("1000")
    int keys();

    /// For how long it is known which change each number stood for that clients were told.
    @WithDefault("10m")
    Duration keepsNumbers();

    /// Changes of which that is known; of more the oldest go.
    @WithDefault("1000000")
    int numbers();

    /// How long gathering what was missed may take.
    @WithDefault("4s")
    Duration patience();

    /// How long another gateway may take to give a session away.
    @WithDefault("1s")
    Duration answers();

    /// How long a connection that is given up may take to end.
    @WithDefault("800ms")
    Duration closing();

    /// Changes of each key whose numbers a gateway that ends leaves behind.
    @WithDefault("8192")
    int leavesNumbers();

    /// Bytes of what was missed; who missed more is told that his session is a new one.
    @WithDefault("4194304")
    int missedBytes();

    /// Sessions that come back at a time; those of more are new ones.
    @WithDefault("2000")
    int atOnce();
  }

  /// Who is typing.
  interface Typing {
    /// How long someone counts as typing after the last sign of it.
    @WithDefault("6s")
    Duration lasts();

    /// How often repeated signs are passed on.
    @WithDefault("2s")
    Duration every();
  }

  /// Who is here, and who is online elsewhere.
  interface Presence {
    /// After how long without a sign of life everybody here is taken for gone.
    @WithDefault("8s")
    Duration lease();

    /// How often a sign of life is given.
    @WithDefault("2s")
    Duration renewal();

    /// For how long changes are gathered before they are reported.
    @WithDefault("20ms")
    Duration gather();

    /// How often signs of life are reported, of one partition's users at a time. All of them in
    /// less than the time after which somebody is away.
    @WithDefault("1s")
    Duration signs();

    /// For how long those who only shared a room with somebody who was cut are told that he went
    /// offline.
    @WithDefault("6s")
    Duration fading();
  }

  /// The REST edge.
  interface Edge {
    /// Requests a minute from one address of the network, over all gateways; as many may come at
    /// once.
    @WithDefault("100")
    int requestsPerMinute();

    /// Characters of a request's path and query.
    @WithDefault("4096")
    int longestUri();

    /// Characters of a request's headers.
    @WithDefault("16384")
    int largestHeaders();

    /// Bytes of a request's body.
    @WithDefault("12582912")
    long largestBody();

    /// How long a service may take to answer.
    @WithDefault("30s")
    Duration patience();

    /// Connections to each service.
    @WithDefault("64")
    int connections();
  }
}
