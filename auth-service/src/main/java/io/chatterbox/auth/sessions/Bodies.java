package io.chatterbox.auth.sessions;

import io.chatterbox.contract.Refusal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The bodies of `/api/auth`. Each refuses to be built invalid, with `VALIDATION_ERROR`.
final class Bodies {
  private static final Pattern USERNAME = Pattern.compile("[A-Za-z0-9_.-]{3,30}");
  private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");
  private static final int LONGEST_EMAIL = 254;
  private static final int SHORTEST_PASSWORD = 8;
  private static final int LONGEST_PASSWORD = 128;

  private Bodies() {}

  /// A new account.
  record Register(String username, String email, String password) {
    Register {
      if (!USERNAME.matcher(required(username, "username")).matches()) {
        throw Refusal.invalid("username takes 3 to 30 letters, digits, dots, dashes, underscores.");
      }
      checkEmail(email);
      int length = required(password, "password").codePointCount(0, password.length());
      if (length < SHORTEST_PASSWORD || length > LONGEST_PASSWORD) {
        throw Refusal.invalid("password takes 8 to 128 characters.");
      }
    }
  }

  /// Signing in. A password of any form may be tried.
  record Login(String email, String password) {
    Login {
      required(email, "email");
      if (required(password, "password").length() > 4 * LONGEST_PASSWORD) {
        throw Refusal.invalid("password takes 8 to 128 characters.");
      }
    }
  }

  /// Staying signed in.
  record Refresh(String refreshToken) {
    Refresh {
      required(refreshToken, "refreshToken");
    }
  }

  private static void checkEmail(String email) {
    if (required(email, "email").length() > LONGEST_EMAIL || !EMAIL.matcher(email).matches()) {
      throw Refusal.invalid("email is not an e-mail address.");
    }
  }

  private static String required(@Nullable String value, String field) {
    if (value == null || value.isEmpty()) {
      throw Refusal.invalid(field + " is required.");
    }
    return value;
  }
}
