package io.pulzar.polyglot;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom here, as CONTRIBUTING.md says. */
@AnalyzeClasses(
    packages = "io.pulzar.polyglot",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

  private static final String POOL = "io.pulzar.polyglot.pool..";
  private static final String WORKER = "io.pulzar.polyglot.worker..";
  private static final String HOST = "io.pulzar.polyglot.host..";
  private static final String WIRE = "io.pulzar.polyglot.wire..";
  private static final String WALL = "io.pulzar.polyglot.wall..";
  private static final String IMAGE = "io.pulzar.polyglot.runtimeimage..";

  @ArchTest
  static final ArchRule thePoolKnowsNothingOfWhatRunsInItsWorkers =
      noClasses()
          .that()
          .resideInAnyPackage(POOL, WIRE, WALL)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(WORKER, HOST, IMAGE, "org.graalvm..");

  @ArchTest
  static final ArchRule aWorkerKnowsNothingOfItsPool =
      noClasses()
          .that()
          .resideInAnyPackage(WORKER, HOST, WIRE, WALL)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(POOL, IMAGE);

  @ArchTest
  static final ArchRule hostServicesKnowNoWorkerAndNoFrames =
      noClasses()
          .that()
          .resideInAPackage(HOST)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(WORKER, WIRE);

  @ArchTest
  static final ArchRule hostServicesAreReachedFromTheWorkerOnly =
      noClasses()
          .that()
          .resideOutsideOfPackages(HOST, WORKER, IMAGE)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(HOST);

  @ArchTest
  static final ArchRule nothingNeedsTheBuildOfTheImage =
      noClasses()
          .that()
          .resideOutsideOfPackage(IMAGE)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(IMAGE);
}
