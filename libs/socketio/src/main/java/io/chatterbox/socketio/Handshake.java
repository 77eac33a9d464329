package io.chatterbox.socketio;

import io.chatterbox.engineio.ConnectRequest;

/// What is known of a client when it asks for a namespace.
///
/// @param request the request that opened the underlying session: headers, query, address
/// @param auth the CONNECT packet's payload as raw JSON, `{}` if there was none
/// @param epochMillis when the CONNECT packet came
@SuppressWarnings("ArrayRecordComponent") // raw bytes, never compared
public record Handshake(ConnectRequest request, byte[] auth, long epochMillis) {}
