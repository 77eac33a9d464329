package io.chatterbox.auth.sessions;

import io.chatterbox.auth.AuthConfig;
import io.chatterbox.auth.accounts.AccountDocument;
import io.chatterbox.auth.accounts.Accounts;
import io.chatterbox.auth.mail.Letters;
import jakarta.inject.Singleton;
import java.util.Optional;

/// Forgotten passwords: the letter, and what it allows.
@Singleton
class Forgotten {
  private final Accounts accounts;
  private final Resets resets;
  private final Letters letters;
  private final AuthConfig.Mail config;

  Forgotten(Accounts accounts, Resets resets, Letters letters, AuthConfig config) {
    this.accounts = accounts;
    this.resets = resets;
    this.letters = letters;
    this.config = config.mail();
  }

  /// Writes to whoever has this address, if anybody has.
  void write(String email) {
    letters.write(() -> accounts.withEmail(email).map(this::letter));
  }

  /// Whose token it is; it is used up.
  Optional<AccountDocument> owner(String token) {
    return resets.use(token).flatMap(accounts::findByIdOptional);
  }

  /// Takes back all tokens of an account.
  void forget(String accountId) {
    resets.forget(accountId);
  }

  private Letters.Letter letter(AccountDocument account) {
    String token = resets.allow(account.id);
    String how =
        config
            .resetPage()
            .map(page -> "open this page:\n\n" + page.replace("{token}", token))
            .orElse("use this token:\n\n" + token);
    return new Letters.Letter(
        account.email,
        "Your ChatterBox password",
        """
        Hello %s,

        somebody, probably you, has forgotten the password of this account. To set another one, %s

        It works once, and for %d minutes. If it was not you, nothing has to be done.
        """
            .formatted(account.username, how, config.resetTokenLife().toMinutes()));
  }
}
