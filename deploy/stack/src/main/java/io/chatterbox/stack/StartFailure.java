package io.chatterbox.stack;

/// Why the stack cannot run, as one plain sentence for the person who started it.
public final class StartFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StartFailure(String sentence) {
    super(sentence, null, false, false);
  }
}
