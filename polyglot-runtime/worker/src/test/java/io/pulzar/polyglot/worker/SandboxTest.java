package io.pulzar.polyglot.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.polyglot.Isolation;
import io.pulzar.polyglot.Script;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
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

  private static final Path NULL_DEVICE = Path.of("/dev/null");

  @TempDir Path directory;

  @TestFactory
  List<DynamicTest> noWayOutOfTheSandboxIsOpen() throws IOException {
    return attempts("escapes", 100);
  }

  @TestFactory
  List<DynamicTest> noWayOutLeadsThroughADatabase() throws IOException {
    return attempts("escapes_by_databases", 35);
  }

  private List<DynamicTest> attempts(String script, int least) throws IOException {
    Path outside = Files.createDirectory(directory.resolve("outside"));
    Path secret = Files.writeString(outside.resolve("secret"), "secret");
    Files.writeString(outside.resolve("outsider.py"), "");
    FileTime nullDeviceChanged = changed(NULL_DEVICE);
    String results = attempt(script, secret, outside);

    List<DynamicTest> tests = new ArrayList<>();
    Matcher matcher = ATTEMPT.matcher(results);
    while (matcher.find()) {
      String name = matcher.group(1);
      String wanted = matcher.group(2);
      String found = matcher.group(3);
      tests.add(DynamicTest.dynamicTest(name, () -> assertThat(found).matches(patternOf(wanted))));
    }
    assertThat(tests).hasSizeGreaterThan(least);
    List<String> names;
    try (var entries = Files.list(outside)) {
      names = entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
    tests.add(
        DynamicTest.dynamicTest(
            "nothing was written",
            () -> assertThat(names).containsExactly("outsider.py", "secret")));
    FileTime nullDeviceChangedAfter = changed(NULL_DEVICE);
    tests.add(
        DynamicTest.dynamicTest(
            "the null device is as it was",
            () -> assertThat(nullDeviceChangedAfter).isEqualTo(nullDeviceChanged)));
    return tests;
  }

  private static FileTime changed(Path file) throws IOException {
    return (FileTime) Files.getAttribute(file, "unix:ctime");
  }

  private String attempt(String name, Path secret, Path outside) throws IOException {
    try (Bench bench = new Bench(directory.resolve("bench"), 0)) {
      try (InputStream script = SandboxTest.class.getResourceAsStream(name + ".py")) {
        assertThat(script).isNotNull();
        Files.copy(script, bench.scripts.resolve(name + ".py"));
      }
      bench.script("outsiders_package/__init__", "VALUE = 1\n");
      Files.createFile(bench.scripts.resolve("read_only.db"));
      String arguments = "[\"%s\", \"%s\"]".formatted(secret, outside);
      String results = bench.run(name, Script.Entry.FUNCTION, arguments, Isolation.CLEAN).value();
      assertThat(bench.scripts.resolve("outsiders_package/__init__.py")).hasContent("VALUE = 1\n");
      assertThat(bench.scripts.resolve("read_only.db")).isEmptyFile();
      return results;
    }
  }

  /** An exception's name, or {@code = } and the value that must be returned. */
  private static String patternOf(String wanted) {
    return wanted.startsWith("= ") ? Pattern.quote(wanted.substring(2)) : "(" + wanted + ")(:.*)?";
  }
}
