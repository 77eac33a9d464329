/// Commands, hints and replies over Redis: the road between the gateways and the services.
///
/// A service hands in a [io.chatterbox.bus.CommandProcessor]; whoever wants something done uses a
/// [io.chatterbox.bus.CommandClient]; whoever listens uses [io.chatterbox.bus.Channels]. Must not
/// know what a command means, nor any store but Redis.
@NullMarked
package io.chatterbox.bus;

import org.jspecify.annotations.NullMarked;
