package io.pulzar;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** The rules of CONTRIBUTING.md that a machine can check. */
@AnalyzeClasses(packages = "io.pulzar", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

  private static final String ARROW = "──►";
  private static final String OURS = "io.pulzar.";

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.pulzar.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onlyTheStorageEngineKnowsLmdb =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.pulzar.storage.lmdb..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.lmdbjava..");

  @ArchTest
  static final ArchRule nobodyKnowsWhichEngineStores =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.pulzar.storage",
              "io.pulzar.storage.lmdb..",
              "io.pulzar.storage.postgres..",
              "io.pulzar.storage.engine..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.pulzar.storage.lmdb..",
              "io.pulzar.storage.postgres..",
              "io.pulzar.storage.engine..");

  @ArchTest
  static final ArchRule enginesDoNotKnowEachOther =
      slices().matching("io.pulzar.storage.(lmdb|postgres)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule onlyAnEngineKnowsSql =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.pulzar.storage.postgres..", "io.pulzar.polyglot..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.sql..");

  @ArchTest
  static final ArchRule onlyTheLogKnowsLogback =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.pulzar.logs..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ch.qos.logback..");

  @ArchTest
  static final ArchRule theAppSeesOnlyTheDoorToPython =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.pulzar.polyglot..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.pulzar.polyglot.*..", "org.graalvm..");

  @ArchTest
  static final ArchRule pythonKnowsNothingOfThePlatform =
      noClasses()
          .that()
          .resideInAPackage("io.pulzar.polyglot..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.micronaut..");

  @ArchTest
  static final ArchRule everyPackageStatesItsNullness =
      classes().that().resideInAPackage("io.pulzar..").should(liveInANullMarkedPackage());

  @ArchTest
  static void arrowsAreAsContributingDrawsThem(JavaClasses all) throws IOException {
    Set<Arrow> real =
        all.stream()
            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .map(
                use ->
                    new Arrow(capability(use.getOriginClass()), capability(use.getTargetClass())))
            .collect(Collectors.toSet());
    List<Arrow> drawn =
        Files.readAllLines(Path.of("..", "CONTRIBUTING.md")).stream()
            .filter(line -> line.contains(ARROW))
            .flatMap(ArchitectureTest::arrows)
            .toList();
    assertThat(drawn).hasSizeGreaterThan(10);
    assertThat(real).containsAll(drawn);
    assertThat(real).doesNotContainAnyElementsOf(drawn.stream().map(Arrow::back).toList());
  }

  private record Arrow(String from, String to) {
    Arrow back() {
      return new Arrow(to, from);
    }
  }

  private static Stream<Arrow> arrows(String line) {
    String[] names = line.strip().split(" *" + ARROW + " *", -1);
    return IntStream.range(1, names.length).mapToObj(to -> new Arrow(names[to - 1], names[to]));
  }

  /** The first part of its package below ours. */
  private static String capability(JavaClass type) {
    String name = type.getPackageName();
    return name.startsWith(OURS) ? name.substring(OURS.length()).split("\\.", 2)[0] : "";
  }

  private static ArchCondition<JavaClass> liveInANullMarkedPackage() {
    return new ArchCondition<>("live in a @NullMarked package") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        if (!item.getPackage().isAnnotatedWith(NullMarked.class)) {
          events.add(
              SimpleConditionEvent.violated(
                  item, item.getPackageName() + " needs a @NullMarked package-info.java"));
        }
      }
    };
  }
}
