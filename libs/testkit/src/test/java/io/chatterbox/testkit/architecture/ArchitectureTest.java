package io.chatterbox.testkit.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {
  private static final String FIXTURES = "io.chatterbox.testkit.architecture.fixtures";
  private static final Area INNER = Area.free(FIXTURES + ".inner..").with();
  private static final Area OUTER = Area.free(FIXTURES + ".outer..", INNER.packages()).with();

  private final Architecture architecture = new Architecture(FIXTURES, List.of(INNER, OUTER));
  private final JavaClasses fixtures = new ClassFileImporter().importPackages(FIXTURES);

  @TestFactory
  Stream<DynamicTest> thisModuleKeepsThem() {
    JavaClasses own = Architecture.read(List.of(Path.of("target/classes")));
    return Architecture.ofChatterBox().rules(own).stream()
        .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(own)));
  }

  @Test
  void noRuleIsBrokenByCleanCode() {
    JavaClasses clean = new ClassFileImporter().importPackages(FIXTURES + ".clean");
    Area area = Area.free(FIXTURES + ".clean..").with();
    for (ArchRule rule : new Architecture(FIXTURES, List.of(area)).rules(clean)) {
      assertThatCode(() -> rule.check(clean)).doesNotThrowAnyException();
    }
  }

  @Test
  void aPartMayNotUseWhatItsListDoesNotName() {
    assertBroken(architecture.usesOnlyItsParts(INNER), "UsesOuter");
  }

  @Test
  void aPartMayNotUseALibraryThatItsListDoesNotName() {
    assertBroken(architecture.usesOnlyItsLibraries(INNER), "UsesLibrary");
  }

  @Test
  void aMisspeltPartIsNoticedSinceItsClassesAreInNoArea() {
    Area misspelt = Area.free(FIXTURES + ".iner..").with();
    Architecture wrong = new Architecture(FIXTURES, List.of(misspelt, OUTER));
    assertBroken(wrong.everyClassIsInAnArea(), "fixtures.inner.UsesOuter");
    assertBroken(wrong.usesOnlyItsParts(misspelt), "failed to check any classes");
  }

  @Test
  void aMisspeltAllowanceForbids() {
    Area misspelt = Area.free(FIXTURES + ".inner..", FIXTURES + ".oter..");
    assertBroken(architecture.usesOnlyItsParts(misspelt), "UsesOuter");
  }

  @Test
  void packagesMayNotUseEachOtherInACircle() {
    assertBroken(architecture.packagesAreFreeOfCycles(), "Cycle detected");
  }

  @Test
  void aPackageWithoutMarkIsNoticed() {
    assertBroken(architecture.packagesAreMarked(), "unmarked.Unmarked");
  }

  @Test
  void emptyNamesChangingStaticsAndLongConstructorsAreNoticed() {
    assertBroken(architecture.namesSaySomething(), "OrderManager");
    assertBroken(architecture.nothingStaticChanges(), "OrderManager.changes");
    assertBroken(architecture.constructorsAreShort(), "7 parameters");
  }

  @Test
  void everyAreaOfChatterBoxIsNamedOnce() {
    assertThat(Architecture.ofChatterBox().areas().stream().map(Area::packages))
        .doesNotHaveDuplicates();
  }

  private void assertBroken(ArchRule rule, String by) {
    assertThatThrownBy(() -> rule.check(fixtures))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(by);
  }
}
