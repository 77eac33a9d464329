package io.chatterbox.gateway.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatterbox.contract.PresenceCommand.Active;
import io.chatterbox.contract.PresenceCommand.Change;
import io.chatterbox.contract.PresenceCommand.Person;
import io.chatterbox.contract.PresenceCommand.Report;
import io.chatterbox.contract.PresenceCommand.What;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final Person ANN = new Person("ann", "Ann");
  private static final Person BOB = new Person("bob", "Bob");

  private final Ledger ledger = new Ledger();

  @Test
  void reportsInTheOrderInWhichThingsHappened() {
    List<Change> changes =
        List.of(
            new Change(What.online, ANN, ""),
            new Change(What.entered, ANN, "tech"),
            new Change(What.left, ANN, "tech"),
            new Change(What.entered, ANN, "tech"));
    changes.forEach(ledger::add);
    assertThat(ledger.next("first").changes()).isEqualTo(changes);
  }

  @Test
  void sendsOneReportAtATime() {
    ledger.add(new Change(What.online, ANN, ""));
    ledger.next("first");
    ledger.add(new Change(What.gone, ANN, ""));
    assertThat(ledger.isDue()).isFalse();
    ledger.reported();
    assertThat(ledger.isDue()).isTrue();
    assertThat(ledger.isSettled()).isFalse();
  }

  @Test
  void beginsAnewWithWhatIsTrueAndNothingElse() {
    ledger.add(new Change(What.online, ANN, ""));
    ledger.add(new Change(What.online, BOB, ""));
    ledger.add(new Change(What.entered, BOB, "tech"));
    ledger.add(new Change(What.entered, BOB, "random"));
    ledger.next("first");
    ledger.add(new Change(What.cut, BOB, "random"));
    ledger.add(new Change(What.gone, ANN, ""));
    ledger.beginAnew();
    assertThat(ledger.isDue()).isTrue();
    assertThat(ledger.next("second"))
        .isEqualTo(
            new Report(
                "second",
                List.of(new Change(What.online, BOB, ""), new Change(What.entered, BOB, "tech")),
                List.of()));
  }

  @Test
  void splitsWhatIsTooMuchForOneReport() {
    for (int i = 0; i <= Report.MOST_CHANGES; i++) {
      ledger.add(new Change(What.online, new Person("u" + i, "U"), ""));
    }
    assertThat(ledger.next("first").changes()).hasSize(Report.MOST_CHANGES);
    ledger.reported();
    assertThat(ledger.next("first").changes()).hasSize(1);
    ledger.reported();
    assertThat(ledger.isSettled()).isTrue();
  }

  @Test
  void refusesToQueueWithoutEndButKnowsWhatIsTrue() {
    boolean taken = true;
    for (int i = 0; taken; i++) {
      taken = ledger.add(new Change(i % 2 == 0 ? What.online : What.gone, ANN, ""));
    }
    ledger.add(new Change(What.online, BOB, ""));
    ledger.add(new Change(What.gone, ANN, ""));
    ledger.beginAnew();
    assertThat(ledger.next("second").changes()).containsExactly(new Change(What.online, BOB, ""));
  }

  @Test
  void reportsASignOfSomebodyAwayAtOnce() {
    Active sign = new Active("ann", "socket", 0);
    ledger.woke(sign);
    assertThat(ledger.isDue()).isTrue();
    assertThat(ledger.next("first").active()).containsExactly(sign);
  }
}
