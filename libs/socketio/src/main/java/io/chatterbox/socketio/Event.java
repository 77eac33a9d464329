package io.chatterbox.socketio;

import java.util.Optional;

/// An event from a client. Its name is decoded, its arguments (without the name) are raw JSON.
///
/// @param name the first element of the packet's array
/// @param arguments what followed the name
/// @param ack present if the client asked for an answer
public record Event(String name, Arguments arguments, Optional<Ack> ack) {}
