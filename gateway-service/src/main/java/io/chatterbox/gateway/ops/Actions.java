package io.chatterbox.gateway.ops;

import io.chatterbox.bus.DeadLetters;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.OpsAnswer;
import io.chatterbox.contract.OpsAnswer.Account;
import io.chatterbox.contract.OpsAnswer.OpenSocket;
import io.chatterbox.contract.OpsQuestion.About;
import io.chatterbox.contract.Partition;
import io.chatterbox.contract.Refusal;
import io.chatterbox.contract.Service;
import io.chatterbox.gateway.authority.Token;
import io.vertx.core.Future;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/// What an operator may ask and do. What changes something is logged: who did what.
final class Actions {
  private static final Logger LOG = Logger.getLogger(Actions.class);
  private static final int MOST = 200;

  private final DeadLetters letters;
  private final SocketQuestions questions;
  private final Supplier<Set<String>> gateways;

  /// @param gateways names of those that are expected to answer
  Actions(DeadLetters letters, SocketQuestions questions, Supplier<Set<String>> gateways) {
    this.letters = letters;
    this.questions = questions;
    this.gateways = gateways;
  }

  /// Does it.
  ///
  /// @return what the page is told; or failed, with a [Refusal] if it is expected
  Future<?> carryOut(Wish wish, Token operator) {
    return switch (wish.need(wish.action(), "action")) {
      case "letters" ->
          letters.newest(MOST).map(page -> new Frames.Letters(page.newest(), page.total()));
      case "again" -> again(wish, operator);
      case "drop" -> drop(wish, operator);
      case "accounts" ->
          ask(About.ACCOUNTS, Objects.requireNonNullElse(wish.begin(), ""), Actions::accounts);
      case "sockets" -> ask(About.SOCKETS, wish.need(wish.userId(), "userId"), Actions::sockets);
      case "cut" -> cut(wish, operator);
      default -> throw new Refusal(ErrorCode.UNKNOWN_EVENT, "There is no such action.");
    };
  }

  private Future<?> again(Wish wish, Token operator) {
    Partition partition = partition(wish);
    String letter = wish.need(wish.letter(), "letter");
    return letters
        .sendAgain(partition, letter)
        .map(outcome -> {
          LOG.infof(
              "event=ops action=again operator=%s service=%s partition=%d letter=%s outcome=%s",
              operator.userId(), partition.service().id(), partition.index(), letter, outcome);
          return switch (outcome) {
            case SENT -> new Frames.Nothing();
            case GONE -> throw Refusal.notFound("This letter is gone.");
            case FULL ->
                throw new Refusal(
                    ErrorCode.UNAVAILABLE, "The service has too much to do. Try again later.");
            case UNREADABLE -> throw Refusal.invalid("This letter holds no command.");
          };
        });
  }

  private Future<?> drop(Wish wish, Token operator) {
    Partition partition = partition(wish);
    String letter = wish.need(wish.letter(), "letter");
    return letters
        .drop(partition, letter)
        .map(wasThere -> {
          LOG.infof(
              "event=ops action=drop operator=%s service=%s partition=%d letter=%s done=%s",
              operator.userId(), partition.service().id(), partition.index(), letter, wasThere);
          if (!wasThere) {
            throw Refusal.notFound("This letter is gone.");
          }
          return new Frames.Nothing();
        });
  }

  private Future<?> cut(Wish wish, Token operator) {
    String socketId = wish.socketId();
    boolean isOne = socketId != null && !socketId.isEmpty();
    String subject = isOne ? wish.need(socketId, "socketId") : wish.need(wish.userId(), "userId");
    return ask(isOne ? About.CUT_SOCKET : About.CUT_ACCOUNT, subject, Actions::sockets)
        .onSuccess(cut ->
            LOG.infof(
                "event=ops action=cut operator=%s %s=%s sockets=%d",
                operator.userId(), isOne ? "socket" : "user", subject, cut.total()));
  }

  private <T> Future<T> ask(
      About about, String subject, Function<SocketQuestions.Answers, T> read) {
    return questions.ask(about, subject, gateways.get()).map(read);
  }

  private static Frames.Sockets sockets(SocketQuestions.Answers answers) {
    List<OpenSocket> all =
        answers.answers().stream()
            .flatMap(answer -> answer.sockets().stream())
            .sorted(Comparator.comparing(OpenSocket::since))
            .limit(MOST)
            .toList();
    int total = answers.answers().stream().mapToInt(OpsAnswer::total).sum();
    return new Frames.Sockets(all, total, answers.silent());
  }

  /// Somebody may be at several gateways. Where not all could be listed the total is an upper
  /// bound.
  private static Frames.Accounts accounts(SocketQuestions.Answers answers) {
    Map<String, Account> byUser = new LinkedHashMap<>();
    int total = 0;
    int listed = 0;
    for (OpsAnswer answer : answers.answers()) {
      total += answer.total();
      listed += answer.accounts().size();
      answer
          .accounts()
          .forEach(account ->
              byUser.merge(
                  account.userId(),
                  account,
                  (one, other) ->
                      new Account(one.userId(), one.username(), one.sockets() + other.sockets())));
    }
    List<Account> first =
        byUser.values().stream()
            .sorted(Comparator.comparing(Account::username, String.CASE_INSENSITIVE_ORDER))
            .limit(MOST)
            .toList();
    return new Frames.Accounts(first, total - listed + byUser.size(), answers.silent());
  }

  private static Partition partition(Wish wish) {
    Integer index = wish.partition();
    if (index == null || index < 0 || index >= Service.PARTITIONS) {
      throw Refusal.invalid("partition is missing or out of range.");
    }
    String name = wish.need(wish.service(), "service");
    return Stream.of(Service.values())
        .filter(service -> service.name().equalsIgnoreCase(name))
        .findFirst()
        .map(service -> new Partition(service, index))
        .orElseThrow(() -> Refusal.invalid("There is no such service."));
  }
}
