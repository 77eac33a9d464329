/// The assistant: answers questions asked in conversations by streaming from a provider.
///
/// Knows conversations only as chat-service hands them over on the bus. Must not know sockets, nor
/// any store but its own.
@NullMarked
package io.chatterbox.ai;

import org.jspecify.annotations.NullMarked;
