package io.pulzar.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.polyglot.Outcome;
import io.pulzar.polyglot.ScriptRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Packages with native code work in the host's own Python, under the wall that holds its scripts,
 * as docs/packages.md says; and it holds what is native in them too.
 */
@Tag("long")
final class RealPackagesIT {

  @TempDir static Path directory;

  private static final ScriptRuntime KIND = ScriptRuntime.CPYTHON;

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
  void worksUnderTheWall(String name) throws Exception {
    assertThat(packages.used(name)).isInstanceOf(Outcome.Completed.class);
  }

  @Test
  void whatIsNativeReadsNoFileOfTheServer() throws Exception {
    Path secret = directory.resolve("home").resolve("secret.csv");
    Files.createDirectories(secret.getParent());
    Files.writeString(secret, "<a>1</a>");
    Files.writeString(
        packages.jobs().resolve("thief.py"),
        """
        import cv2, numpy, pandas
        from lxml import etree
        from PIL import Image

        def execute(arguments):
            (path,) = arguments
            seen = []
            for read in (numpy.fromfile, pandas.read_csv, etree.parse, Image.open, cv2.FileStorage().open):
                try:
                    seen.append(bool(read(path, *(() if read.__name__ != 'open' or read is Image.open else (0,)))))
                except (OSError, cv2.error) as error:
                    seen.append(False)
            return seen
        """);
    assertThat(packages.ran("thief", "[\"" + secret.toAbsolutePath() + "\"]"))
        .isEqualTo(new Outcome.Completed("[false, false, false, false, false]"));
  }
}
