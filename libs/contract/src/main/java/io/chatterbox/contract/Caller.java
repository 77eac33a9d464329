package io.chatterbox.contract;

/// Who sends a command, as the gateway or a REST resource verified it. Services trust it.
///
/// @param userId the account's id (`sub` of the access token)
/// @param username the name at the time of sending
/// @param sessionId the signed-in device (`sid` of the access token); empty for a service
/// @param socketId the Socket.IO id; empty for REST calls and services
public record Caller(String userId, String username, String sessionId, String socketId) {

  /// A service that acts in its own name.
  public static Caller service(Service service) {
    return new Caller(service.id(), service.id(), "", "");
  }
}
