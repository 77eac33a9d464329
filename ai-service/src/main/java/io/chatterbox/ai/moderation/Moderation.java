package io.chatterbox.ai.moderation;

/// Judges texts: a question before it is stored, what else the model is shown, and an answer before
/// people are told it. Called by many threads at once; may block, but everything waits for it.
public interface Moderation {

  /// Whether anything is ever objected to. If not, answers are never held back.
  boolean isOn();

  /// Whether there is nothing against a text.
  boolean allows(String text);
}
