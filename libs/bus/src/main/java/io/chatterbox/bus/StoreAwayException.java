package io.chatterbox.bus;

/// The service's store does not answer. Counts for nothing against the command being handled.
public final class StoreAwayException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreAwayException(Throwable cause) {
    super(cause);
  }
}
