/// Tests of the assistant's answers on their way to sockets.
@NullMarked
package io.chatterbox.gateway.assistant;

import org.jspecify.annotations.NullMarked;
