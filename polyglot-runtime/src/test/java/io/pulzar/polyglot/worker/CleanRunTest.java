package io.pulzar.polyglot.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.polyglot.Isolation;
import io.pulzar.polyglot.Script;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that {@code traces.py} leaves in one clean run is met by the next. */
@Tag("slow")
final class CleanRunTest {

  private static final Pattern RESULT = Pattern.compile("\"(\\w+)\": (true|false)");

  @TempDir Path directory;

  @TestFactory
  List<DynamicTest> nothingTravelsFromOneCleanRunToTheNext() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    Matcher matcher = RESULT.matcher(leaveAndLook());
    while (matcher.find()) {
      String name = matcher.group(1);
      boolean clean = Boolean.parseBoolean(matcher.group(2));
      tests.add(DynamicTest.dynamicTest(name, () -> assertThat(clean).as(name).isTrue()));
    }
    assertThat(tests).hasSizeGreaterThan(25);
    return tests;
  }

  private String leaveAndLook() throws IOException {
    try (Bench bench = new Bench(directory.resolve("bench"), 0)) {
      try (InputStream script = CleanRunTest.class.getResourceAsStream("traces.py")) {
        assertThat(script).isNotNull();
        Files.copy(script, bench.scripts.resolve("traces.py"));
      }
      // A first run, so that the library modules that only this script imports are known.
      bench.run("traces", Script.Entry.FUNCTION, "[\"look\"]", Isolation.CLEAN).value();
      bench.run("traces", Script.Entry.FUNCTION, "[\"leave\"]", Isolation.CLEAN).value();
      return bench.run("traces", Script.Entry.FUNCTION, "[\"look\"]", Isolation.CLEAN).value();
    }
  }
}
