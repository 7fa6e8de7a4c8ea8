package io.pulzar.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.polyglot.Outcome;
import io.pulzar.polyglot.ScriptRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Packages of pure Python that people install most work in the sandbox, as docs/packages.md says.
 */
@Tag("long")
final class PackageUsesIT {

  @TempDir static Path directory;

  private static final ScriptRuntime KIND = ScriptRuntime.GRAALPY;

  private static TriedPackages packages;

  @BeforeAll
  static void install() throws Exception {
    packages = new TriedPackages(directory, KIND);
  }

  @AfterAll
  static void close() {
    if (packages != null) {
      packages.close();
    }
  }

  static List<String> names() throws IOException {
    return TriedPackages.names(KIND);
  }

  @ParameterizedTest
  @MethodSource("names")
  void worksInTheSandbox(String name) throws Exception {
    assertThat(packages.used(name)).isInstanceOf(Outcome.Completed.class);
  }
}
