package io.chatterbox.presence;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// Settings of presence-service.
@ConfigMapping(prefix = "chatterbox.presence")
public interface PresenceConfig {

  /// How long after his last socket has gone somebody is said to be offline, or out of a room.
  @WithDefault("5s")
  Duration offlineAfter();

  /// After how much silence of all his devices somebody is away.
  @WithDefault("2m")
  Duration awayAfter();

  /// How often it is looked for what has fallen due.
  @WithDefault("250ms")
  Duration look();

  /// How long a partition in which nothing is due is left alone at most: less than the shortest
  /// time after which something can fall due.
  @WithDefault("1s")
  Duration idleLook();

  /// How often it is looked whether the gateways live.
  @WithDefault("1s")
  Duration gatewayLook();

  /// For how long after Redis came back no gateway is taken for dead.
  @WithDefault("8s")
  Duration mercy();

  /// How long after it lost everything a partition knows what the gateways know.
  @WithDefault("4s")
  Duration settling();

  /// After which time what others are told is said again, for those who did not hear it.
  @WithDefault("2s")
  Duration repeatAfter();
}
