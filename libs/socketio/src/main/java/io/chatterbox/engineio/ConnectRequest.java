package io.chatterbox.engineio;

/// What is kept of the request that opened a session.
///
/// @param headers headers of the request
/// @param query its query parameters, decoded
/// @param remoteAddress `host:port` of the peer, as the HTTP server sees it
/// @param secure whether it came over TLS
/// @param epochMillis when it came
public record ConnectRequest(
    Headers headers, Headers query, String remoteAddress, boolean secure, long epochMillis) {}
