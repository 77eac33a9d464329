/// The assistant's answers on their way to sockets: every part once and in order, and all that came
/// before for who comes later. Must not know how an answer is made.
@NullMarked
package io.chatterbox.gateway.assistant;

import org.jspecify.annotations.NullMarked;
