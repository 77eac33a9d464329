package io.chatterbox.gateway.sockets;

import io.chatterbox.bus.Json;
import io.chatterbox.bus.Traces;
import io.chatterbox.gateway.authority.AuthorityTools;
import io.chatterbox.gateway.fanout.People;
import io.chatterbox.gateway.presence.Activity;
import io.chatterbox.gateway.routing.Dispatch;
import io.chatterbox.gateway.typing.Typing;
import java.time.Clock;

/// What every socket needs.
///
/// @param isLimited whether floods are stopped
/// @param eventsPerSecond of one socket, messages excepted
record ClientTools(
    AuthorityTools authority,
    Dispatch dispatch,
    People people,
    Typing typing,
    Activity activity,
    SocketMetrics metrics,
    Traces traces,
    Json json,
    Clock clock,
    boolean isLimited,
    int eventsPerSecond) {}
