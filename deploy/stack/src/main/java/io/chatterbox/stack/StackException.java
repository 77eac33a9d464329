package io.chatterbox.stack;

/// Why the stack cannot run, in one plain sentence for the person who started it.
final class StackException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StackException(String sentence) {
    super(sentence, null, false, false);
  }

  String sentence() {
    return String.valueOf(getMessage());
  }
}
