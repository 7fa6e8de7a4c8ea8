package io.pulzar;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** The rules of CONTRIBUTING.md that a machine can check. */
@AnalyzeClasses(packages = "io.pulzar", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

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
