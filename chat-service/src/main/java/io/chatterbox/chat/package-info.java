/// chat-service: conversations, rooms, messages and read pointers.
///
/// This package wires the parts together. [io.chatterbox.chat.log] numbers and stores changes; each
/// feature package has one handler per command. Must not know sockets or HTTP servers of others.
@NullMarked
package io.chatterbox.chat;

import org.jspecify.annotations.NullMarked;
