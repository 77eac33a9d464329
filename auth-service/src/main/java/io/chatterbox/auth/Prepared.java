package io.chatterbox.auth;

/// What has to be made in the database once, such as indexes.
public interface Prepared {

  /// May be called again, and does nothing then.
  void prepare();
}
