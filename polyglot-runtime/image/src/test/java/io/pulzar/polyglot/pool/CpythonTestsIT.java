package io.pulzar.polyglot.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.polyglot.Call;
import io.pulzar.polyglot.HostCalls;
import io.pulzar.polyglot.Isolation;
import io.pulzar.polyglot.Limits;
import io.pulzar.polyglot.Outcome;
import io.pulzar.polyglot.PythonRuntime;
import io.pulzar.polyglot.PythonRuntimes;
import io.pulzar.polyglot.RunListener;
import io.pulzar.polyglot.RuntimeSettings;
import io.pulzar.polyglot.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * CPython's own tests of what the product puts in place of modules of the standard library, or
 * fills the gaps of, in a real worker. {@code python-lib/tests/cpython/expected.txt} says which
 * fail, and why; one that fails and is not there is an error, and so is one that is there and
 * passes.
 */
@Tag("long")
final class CpythonTestsIT {

  private static final Path HERE = Path.of("..", "..", "python-lib", "tests", "cpython");
  private static final String FAILED = "FAILED ";
  private static final Duration LIMIT = Duration.ofMinutes(5);

  @TempDir static Path directory;

  private static ExpectedFailures expected;
  private static PythonRuntime runtime;

  @BeforeAll
  static void open() throws Exception {
    expected = ExpectedFailures.read(HERE.resolve("expected.txt"));
    Path scripts = Files.createDirectories(directory.resolve("scripts"));
    Files.copy(HERE.resolve("run_tests.py"), scripts.resolve("run_tests.py"));
    CpythonSuite.copyTo(scripts.resolve("test"));
    RuntimeSettings defaults =
        RuntimeSettings.defaults(
            Path.of("../target/image"),
            Path.of("../target/image/python-lib"),
            directory.resolve("scratch"));
    runtime = PythonRuntimes.open(defaults.reading(List.of(directory)).interpreted());
  }

  @AfterAll
  static void close() {
    if (runtime != null) {
      runtime.close();
    }
  }

  /** Those of the list; {@code -Dpulzar.cpython.modules=test_json.test_fail,test_bz2} has fewer. */
  static Set<String> modules() throws IOException {
    Set<String> all = ExpectedFailures.read(HERE.resolve("expected.txt")).modules();
    String few = System.getProperty("pulzar.cpython.modules");
    return few == null ? all : new LinkedHashSet<>(List.of(few.split(",")));
  }

  @ParameterizedTest
  @MethodSource("modules")
  void failsWhatIsKnownToFailAndNothingElse(String module) throws Exception {
    Map<String, String> failed = failures(module);
    Map<String, String> unknown = new TreeMap<>(failed);
    unknown.keySet().removeAll(expected.failing(module));
    Set<String> cured = new TreeSet<>(expected.failing(module));
    cured.removeAll(failed.keySet());
    assertThat(unknown)
        .as("cure these, or name them in expected.txt (recorded with %s)", expected.recordedWith())
        .isEmpty();
    assertThat(cured).as("these pass now: take them out of expected.txt").isEmpty();
  }

  /** Each failed test with what it said. */
  private static Map<String, String> failures(String module) throws Exception {
    Map<String, String> failed = new ConcurrentSkipListMap<>();
    AtomicReference<String> last = new AtomicReference<>("none");
    RunListener listener =
        new RunListener() {
          @Override
          public void log(String lines) {
            lines.lines().forEach(last::set);
            lines
                .lines()
                .filter(line -> line.startsWith(FAILED))
                .map(line -> line.substring(FAILED.length()).split(": ", 2))
                .forEach(named -> failed.put(named[0], named[1]));
          }
        };
    String leftOut =
        expected.leftOut(module).stream()
            .map(name -> '"' + name + '"')
            .collect(Collectors.joining(",", "[", "]"));
    Call call =
        new Call(
            module,
            new Script(directory.resolve("scripts"), "run_tests", Script.Entry.FUNCTION),
            "[\"%s\",%s]".formatted(module, leftOut),
            Optional.empty(),
            Isolation.FRESH,
            new Limits(LIMIT, 1L << 30, 20 << 20, true),
            HostCalls.NONE);
    Outcome outcome =
        runtime.start(call, listener).finished().toCompletableFuture().join().outcome();
    assertThat(outcome)
        .as("how it ended; the last line was: %s", last.get())
        .isInstanceOf(Outcome.Completed.class);
    return failed;
  }

  /** Which modules are run, and what is known of their tests. */
  private record ExpectedFailures(
      Set<String> modules, Set<String> all, Set<String> leftOut, String recordedWith) {

    static ExpectedFailures read(Path file) throws IOException {
      Map<String, Set<String>> sections = new LinkedHashMap<>();
      String section = "";
      for (String line : Files.readAllLines(file)) {
        if (line.startsWith("[")) {
          section = line.substring(1, line.indexOf(']')).split(":", 2)[0];
        } else if (!line.isBlank() && !line.startsWith("#")) {
          String name = line.split("  #", 2)[0].strip();
          sections.computeIfAbsent(section, title -> new LinkedHashSet<>()).add(name);
        }
      }
      return new ExpectedFailures(
          sections.getOrDefault("modules", Set.of()),
          sections.getOrDefault("fails", Set.of()),
          sections.getOrDefault("left out", Set.of()),
          String.join(" ", sections.getOrDefault("recorded with", Set.of())));
    }

    Set<String> failing(String module) {
      return of(module, all);
    }

    Set<String> leftOut(String module) {
      return of(module, leftOut);
    }

    private static Set<String> of(String module, Set<String> names) {
      return names.stream()
          .filter(name -> name.contains(module + "."))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
