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

/** Tries the ways out of the sandbox that {@code escapes.py} lists, one by one. */
@Tag("slow")
final class SandboxTest {

  private static final Pattern ATTEMPT =
      Pattern.compile("\"(\\w+)\": \\[\"([^\"]*)\", \"((?:[^\"\\\\]|\\\\.)*)\"]");

  @TempDir Path directory;

  @TestFactory
  List<DynamicTest> noWayOutOfTheSandboxIsOpen() throws IOException {
    Path outside = Files.createDirectory(directory.resolve("outside"));
    Path secret = Files.writeString(outside.resolve("secret"), "secret");
    Files.writeString(outside.resolve("outsider.py"), "");
    String results = attempt(secret, outside);

    List<DynamicTest> tests = new ArrayList<>();
    Matcher matcher = ATTEMPT.matcher(results);
    while (matcher.find()) {
      String name = matcher.group(1);
      String wanted = matcher.group(2);
      String found = matcher.group(3);
      tests.add(DynamicTest.dynamicTest(name, () -> assertThat(found).matches(patternOf(wanted))));
    }
    assertThat(tests).hasSizeGreaterThan(100);
    List<String> names;
    try (var entries = Files.list(outside)) {
      names = entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
    tests.add(
        DynamicTest.dynamicTest(
            "nothing was written",
            () -> assertThat(names).containsExactly("outsider.py", "secret")));
    return tests;
  }

  private String attempt(Path secret, Path outside) throws IOException {
    try (Bench bench = new Bench(directory.resolve("bench"), 0)) {
      try (InputStream script = SandboxTest.class.getResourceAsStream("escapes.py")) {
        assertThat(script).isNotNull();
        Files.copy(script, bench.scripts.resolve("escapes.py"));
      }
      String arguments = "[\"%s\", \"%s\"]".formatted(secret, outside);
      return bench.run("escapes", Script.Entry.FUNCTION, arguments, Isolation.CLEAN).value();
    }
  }

  /** An exception's name, or {@code = } and the value that must be returned. */
  private static String patternOf(String wanted) {
    return wanted.startsWith("= ") ? Pattern.quote(wanted.substring(2)) : "(" + wanted + ")(:.*)?";
  }
}
