/// Everything that crosses a process boundary: commands, what clients are told, error codes, and
/// the names of Redis keys, streams and channels.
///
/// Knows the JDK, JSpecify and Jackson's annotations. Must not know how any of it is carried
/// (Redis, HTTP, sockets), stored or parsed.
@NullMarked
package io.chatterbox.contract;

import org.jspecify.annotations.NullMarked;
