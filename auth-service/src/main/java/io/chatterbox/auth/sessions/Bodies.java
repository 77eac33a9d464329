package io.chatterbox.auth.sessions;

import com.fasterxml.jackson.databind.JsonNode;
import io.chatterbox.contract.Refusal;
import io.chatterbox.contract.documented.Shape;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The bodies of `/api/auth`. Each refuses to be built invalid, with `VALIDATION_ERROR`.
public final class Bodies {
  private static final Pattern USERNAME = Pattern.compile("[A-Za-z0-9_.-]{3,30}");
  private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");
  private static final int LONGEST_EMAIL = 254;
  private static final int SHORTEST_PASSWORD = 8;
  private static final int LONGEST_PASSWORD = 128;

  private Bodies() {}

  /// A new account.
  record Register(
      @Shape(pattern = "[A-Za-z0-9_.-]{3,30}") String username,
      @Shape(pattern = "[^@\\s]+@[^@\\s]+", most = 254) String email,
      @Shape(least = 8, most = 128) String password) {
    Register {
      checkUsername(required(username, "username"));
      checkEmail(email);
      checkNewPassword(password, "password");
    }
  }

  /// Signing in. A password of any form may be tried.
  record Login(@Shape(least = 1) String email, @Shape(least = 1) String password) {
    Login {
      required(email, "email");
      checkTriedPassword(password, "password");
    }
  }

  /// Staying signed in.
  record Refresh(@Shape(least = 1) String refreshToken) {
    Refresh {
      required(refreshToken, "refreshToken");
    }
  }

  /// What is to be changed of one's own profile. An explicit `null` takes the avatar away.
  @Shape(name = "ProfileChange")
  public record Change(
      @Shape(pattern = "[A-Za-z0-9_.-]{3,30}") @Nullable String username,
      @Nullable JsonNode avatar) {
    public Change {
      if (username != null) {
        checkUsername(username);
      }
      if (avatar != null && !avatar.isNull() && !avatar.isTextual()) {
        throw Refusal.invalid("avatar is the id of a file, or null.");
      }
    }
  }

  /// Taking the account away.
  @Shape(name = "AccountDeletion")
  public record Delete(String password) {
    public Delete {
      checkTriedPassword(password, "password");
    }
  }

  /// Another password.
  record ChangePassword(String currentPassword, @Shape(least = 8, most = 128) String newPassword) {
    ChangePassword {
      checkTriedPassword(currentPassword, "currentPassword");
      checkNewPassword(newPassword, "newPassword");
    }
  }

  /// A letter, please.
  record ForgotPassword(@Shape(pattern = "[^@\\s]+@[^@\\s]+", most = 254) String email) {
    ForgotPassword {
      checkEmail(email);
    }
  }

  /// Another password by what the letter said.
  record ResetPassword(
      @Shape(least = 1) String token, @Shape(least = 8, most = 128) String newPassword) {
    ResetPassword {
      required(token, "token");
      checkNewPassword(newPassword, "newPassword");
    }
  }

  private static void checkUsername(String username) {
    if (!USERNAME.matcher(username).matches()) {
      throw Refusal.invalid("username takes 3 to 30 letters, digits, dots, dashes, underscores.");
    }
  }

  /// A password of any form may be tried.
  private static void checkTriedPassword(@Nullable String password, String field) {
    if (required(password, field).length() > 4 * LONGEST_PASSWORD) {
      throw Refusal.invalid(field + " takes 8 to 128 characters.");
    }
  }

  private static void checkNewPassword(@Nullable String password, String field) {
    String given = required(password, field);
    int length = given.codePointCount(0, given.length());
    if (length < SHORTEST_PASSWORD || length > LONGEST_PASSWORD) {
      throw Refusal.invalid(field + " takes 8 to 128 characters.");
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
