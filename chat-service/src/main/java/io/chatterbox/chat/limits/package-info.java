/// How much a user may send, over all gateways and replicas: one bucket per user in Redis. Must not
/// know what is sent.
@NullMarked
package io.chatterbox.chat.limits;

import org.jspecify.annotations.NullMarked;
