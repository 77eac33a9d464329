package io.chatterbox.gateway.recovery;

import io.chatterbox.gateway.fanout.Stay;

/// A session that a gateway has left behind.
///
/// @param gateway its name, as offsets tell it
/// @param incarnation where its numbers are left
/// @param floor below this it does not know what it had told
/// @param last the last number that it had told
record LeftSession(String gateway, String incarnation, long floor, long last, Stay stay) {}
