/// How people come into conversations, and how they and their gateways are told. Must not know how
/// messages are written.
@NullMarked
package io.chatterbox.chat.members;

import org.jspecify.annotations.NullMarked;
