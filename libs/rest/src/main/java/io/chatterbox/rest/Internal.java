package io.chatterbox.rest;

/// Requests of services to each other, below `/internal`.
public final class Internal {
  /// The header that carries the shared secret.
  public static final String HEADER = "X-ChatterBox-Internal";

  private Internal() {}
}
