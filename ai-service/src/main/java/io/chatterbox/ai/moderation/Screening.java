package io.chatterbox.ai.moderation;

/// Screens an answer while it comes in, so that nothing objectionable is told, not even the first
/// half of a word: the last word is held back until it has ended. What was told before cannot be
/// taken back, so the beginning of a pattern of several words may have been.
///
/// Used by one thread.
public final class Screening {
  /// Where no word ends, text is held back no longer than this.
  private static final int LONGEST_WORD = 64;

  /// So much of what was told is looked at again, for what began there.
  private static final int OVERLAP = 256;

  private final Moderation moderation;
  private final StringBuilder told = new StringBuilder();
  private final StringBuilder held = new StringBuilder();
  private boolean objected;

  public Screening(Moderation moderation) {
    this.moderation = moderation;
  }

  /// Takes more of the answer.
  ///
  /// @return what may be told now; empty after an objection
  public String take(String more) {
    if (!moderation.isOn()) {
      return more;
    }
    held.append(more);
    return screened(endOfLastWord());
  }

  /// The answer is over.
  ///
  /// @return what may be told besides
  public String rest() {
    return screened(held.length());
  }

  /// Whether something was found; nothing more may be told then.
  public boolean hasObjected() {
    return objected;
  }

  private String screened(int length) {
    if (objected || length == 0) {
      return "";
    }
    String next = held.substring(0, length);
    if (!moderation.allows(told + next)) {
      objected = true;
      return "";
    }
    held.delete(0, length);
    told.append(next);
    forgetOld();
    return next;
  }

  /// Cuts between words, since half a word may mean something else.
  private void forgetOld() {
    int cut = told.length() - OVERLAP;
    while (cut > 0 && cut < told.length() && isWithinWord(told.codePointBefore(cut))) {
      cut++;
    }
    if (cut > 0) {
      told.delete(0, cut);
    }
  }

  private int endOfLastWord() {
    int end = held.length();
    while (end > 0 && isWithinWord(held.codePointBefore(end))) {
      end -= Character.charCount(held.codePointBefore(end));
    }
    return held.length() - end > LONGEST_WORD ? held.length() : end;
  }

  /// Ideographs stand for themselves.
  private static boolean isWithinWord(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK ->
          true;
      default -> Character.isLetterOrDigit(c) && !Character.isIdeographic(c);
    };
  }
}
