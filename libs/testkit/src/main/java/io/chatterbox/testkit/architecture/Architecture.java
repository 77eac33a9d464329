package io.chatterbox.testkit.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/// The rules that all of ChatterBox keeps, for the classes of one module or of all.
public final class Architecture {
  private static final String ROOT = "io.chatterbox";
  private static final String CONTRACT = "io.chatterbox.contract..";
  private static final String BUS = "io.chatterbox.bus..";
  private static final String REST = "io.chatterbox.rest..";
  private static final String ENGINE_IO = "io.chatterbox.engineio..";
  private static final String SOCKET_IO = "io.chatterbox.socketio";
  private static final String SOCKET_IO_VERTX = "io.chatterbox.socketio.vertx..";
  private static final String STORES = "io.chatterbox.stack.stores..";

  private static final List<Area> CHATTERBOX =
      List.of(
          Area.free(CONTRACT).with("com.fasterxml.jackson.annotation.."),
          Area.free(BUS, CONTRACT)
              .with(
                  "com.fasterxml.jackson..",
                  "io.micrometer.core..",
                  "io.opentelemetry..",
                  "io.quarkus.arc..",
                  "io.quarkus.redis..",
                  "io.quarkus.runtime..",
                  "io.smallrye.config..",
                  "io.smallrye.health..",
                  "io.vertx..",
                  "jakarta..",
                  "org.eclipse.microprofile..",
                  "org.jboss.logging.."),
          Area.free(REST, CONTRACT, BUS),
          Area.free(ENGINE_IO).with(),
          Area.free(SOCKET_IO, ENGINE_IO).with(),
          Area.free(SOCKET_IO_VERTX, SOCKET_IO, ENGINE_IO).with("io.netty..", "io.vertx.."),
          Area.free(
              "io.chatterbox.gateway..",
              CONTRACT,
              BUS,
              REST,
              ENGINE_IO,
              SOCKET_IO,
              SOCKET_IO_VERTX),
          Area.free("io.chatterbox.auth..", CONTRACT, BUS, REST),
          Area.free("io.chatterbox.chat..", CONTRACT, BUS, REST),
          Area.free("io.chatterbox.presence..", CONTRACT, BUS, REST),
          Area.free("io.chatterbox.ai..", CONTRACT, BUS, REST),
          Area.free(STORES)
              .with(
                  "de.bwaldvogel.mongo..",
                  "org.h2.mvstore..",
                  "io.netty.buffer..",
                  "io.netty.channel..",
                  "redis.embedded.."),
          Area.free("io.chatterbox.stack", STORES, "io.chatterbox.stack.demo..").with(),
          Area.free("io.chatterbox.stack.demo..").with("com.sun.net.httpserver.."),
          Area.free("io.chatterbox.helm.."),
          Area.free("io.chatterbox.docs..", CONTRACT, REST),
          Area.free("io.chatterbox.testkit..", STORES),
          Area.free("io.chatterbox.bench..", ENGINE_IO, SOCKET_IO, SOCKET_IO_VERTX));

  private static final String[] EMPTY_NAMES = {
    "Impl", "Util", "Utils", "Helper", "Helpers", "Manager", "DTO", "Dto"
  };

  private static final int MOST_PARAMETERS = 6;

  private final String root;
  private final List<Area> areas;

  /// @param root the package that all areas are below
  Architecture(String root, List<Area> areas) {
    this.root = root;
    this.areas = List.copyOf(areas);
  }

  public static Architecture ofChatterBox() {
    return new Architecture(ROOT, CHATTERBOX);
  }

  List<Area> areas() {
    return areas;
  }

  /// Reads compiled classes.
  ///
  /// @param folders such as `target/classes`
  public static JavaClasses read(Collection<Path> folders) {
    return new ClassFileImporter().importPaths(folders);
  }

  /// Every rule, each with a description. Rules on areas of which there is no class are left out,
  /// which hides nothing: a class outside of all areas breaks a rule of its own.
  public List<ArchRule> rules(JavaClasses all) {
    List<ArchRule> rules = new ArrayList<>();
    rules.add(everyClassIsInAnArea());
    for (Area area : areas) {
      if (all.stream().anyMatch(resideInAPackage(area.packages()))) {
        rules.add(usesOnlyItsParts(area));
        if (!area.libraries().isEmpty()) {
          rules.add(usesOnlyItsLibraries(area));
        }
      }
    }
    rules.add(packagesAreFreeOfCycles());
    rules.add(packagesAreMarked());
    rules.add(namesSaySomething());
    rules.add(nothingStaticChanges());
    rules.add(constructorsAreShort());
    return rules;
  }

  ArchRule everyClassIsInAnArea() {
    String[] known = areas.stream().map(Area::packages).toArray(String[]::new);
    return classes().should().resideInAnyPackage(known).as("every class is in a known area");
  }

  ArchRule usesOnlyItsParts(Area area) {
    DescribedPredicate<JavaClass> allowed =
        resideOutsideOfPackage(root + "..").or(resideInAnyPackage(area.ownAndUsed()));
    return classes()
        .that()
        .resideInAPackage(area.packages())
        .should()
        .onlyDependOnClassesThat(allowed)
        .as(area.packages() + " uses, of ChatterBox, only " + area.uses());
  }

  ArchRule usesOnlyItsLibraries(Area area) {
    String[] libraries = area.libraries().toArray(String[]::new);
    DescribedPredicate<JavaClass> allowed =
        resideInAPackage(root + "..")
            .or(resideInAnyPackage(libraries))
            .or(describe("primitive", type -> type.getBaseComponentType().isPrimitive()));
    return classes()
        .that()
        .resideInAPackage(area.packages())
        .should()
        .onlyDependOnClassesThat(allowed)
        .as(area.packages() + " uses, of libraries, only " + area.libraries());
  }

  /// The first package of a module is left out: it puts the others together and has the settings
  /// that they read.
  ArchRule packagesAreFreeOfCycles() {
    return slices()
        .matching(root + ".(*).(**)")
        .should()
        .beFreeOfCycles()
        .as("packages of a module do not use each other in a circle")
        .allowEmptyShould(true);
  }

  ArchRule packagesAreMarked() {
    return classes()
        .should(beInAMarkedPackage())
        .as("every package has a package-info with @NullMarked");
  }

  ArchRule namesSaySomething() {
    DescribedPredicate<JavaClass> empty =
        describe(
            "end in a word that says nothing",
            type -> List.of(EMPTY_NAMES).stream().anyMatch(type.getSimpleName()::endsWith));
    return noClasses().should(be(empty)).as("no name ends in " + List.of(EMPTY_NAMES));
  }

  ArchRule nothingStaticChanges() {
    return fields()
        .that()
        .areStatic()
        .should()
        .beFinal()
        .as("static fields are final")
        .allowEmptyShould(true);
  }

  ArchRule constructorsAreShort() {
    return constructors()
        .that()
        .areDeclaredInClassesThat(describe("are no records", type -> !type.isRecord()))
        .should(haveFewParameters())
        .as("constructors have at most " + MOST_PARAMETERS + " parameters")
        .allowEmptyShould(true);
  }

  private static ArchCondition<JavaClass> be(DescribedPredicate<JavaClass> claim) {
    return ArchCondition.from(claim);
  }

  private static ArchCondition<JavaClass> beInAMarkedPackage() {
    return new ArchCondition<>("be in a package marked with @NullMarked") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean isMarked =
            type.getPackage()
                .tryGetPackageInfo()
                .map(info -> info.isAnnotatedWith(NullMarked.class))
                .orElse(false);
        String message = type.getName() + " is in a package that is not marked";
        events.add(new SimpleConditionEvent(type, isMarked, message));
      }
    };
  }

  private static ArchCondition<JavaConstructor> haveFewParameters() {
    return new ArchCondition<>("have few parameters") {
      @Override
      public void check(JavaConstructor constructor, ConditionEvents events) {
        int count = constructor.getRawParameterTypes().size();
        String message = constructor.getFullName() + " has " + count + " parameters";
        events.add(new SimpleConditionEvent(constructor, count <= MOST_PARAMETERS, message));
      }
    };
  }
}
