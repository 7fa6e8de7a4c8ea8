package io.pulzar.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.polyglot.Isolation;
import io.pulzar.polyglot.ScriptRuntime;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScriptDocumentationTest {

  @Test
  void everyLineIsRead() {
    ScriptDocumentation read =
        ScriptDocumentation.parse(
            """

            Description: Count the words of a text
            Arguments: {"text": "str"}
            Category: Acceptance
            author:   Jane
            Timeout: 30s
            MEMORY: 512MB
            Retries: 3
            Network: off
            Isolation: Warm
            Node: big-one
            Runtime: CPython
            """);
    assertThat(read.description()).isEqualTo("Count the words of a text");
    assertThat(read.arguments()).isEqualTo("{\"text\": \"str\"}");
    assertThat(read.category()).isEqualTo("ACCEPTANCE");
    assertThat(read.author()).isEqualTo("Jane");
    assertThat(read.problems()).isEmpty();
    ScriptDocumentation.Wishes wishes = read.wishes();
    assertThat(wishes.timeout()).contains(Duration.ofSeconds(30));
    assertThat(wishes.memoryBytes()).contains(512L << 20);
    assertThat(wishes.retries()).contains(3);
    assertThat(wishes.network()).contains(false);
    assertThat(wishes.isolation()).contains(Isolation.WARM);
    assertThat(wishes.node()).contains("big-one");
    assertThat(wishes.runtime()).contains(ScriptRuntime.CPYTHON);
  }

  @Test
  void aLineEndsWhereItEndsButAnOpenObjectGoesOn() {
    ScriptDocumentation read =
        ScriptDocumentation.parse(
            "Description: First\n   second line\nArguments: {\"a\": 1,\n  \"b\": 2}\nloose text");
    assertThat(read.description()).isEqualTo("First");
    assertThat(read.arguments()).isEqualTo("{\"a\": 1, \"b\": 2}");
  }

  @Test
  void anUnknownLineLeavesTheLimitAboveIt() {
    ScriptDocumentation read = ScriptDocumentation.parse("Timeout: 3s\nOwner: team-a\n  a word");
    assertThat(read.wishes().timeout()).contains(Duration.ofSeconds(3));
    assertThat(read.problems()).isEmpty();
    assertThat(read.declared()).containsExactly(Map.entry("timeout", "3s"));
  }

  @Test
  void whatIsNotThereIsEmpty() {
    assertThat(ScriptDocumentation.NONE.description()).isEmpty();
    assertThat(ScriptDocumentation.NONE.wishes().timeout()).isEmpty();
    assertThat(ScriptDocumentation.parse("Just a sentence.").description()).isEmpty();
  }

  @Test
  void aRuntimeThatIsNotThereIsNamed() {
    assertThat(ScriptDocumentation.parse("Runtime: pypy").problems())
        .containsExactly(
            "the docstring's runtime makes no sense: 'pypy' is not one of graalpy, cpython and"
                + " python2");
  }

  @Test
  void aWishThatMakesNoSenseIsAProblem() {
    ScriptDocumentation read =
        ScriptDocumentation.parse(
            "Timeout: soon\nMemory: much\nRetries: 1000\nNetwork: maybe\nIsolation: none\nNode:");
    assertThat(read.wishes().timeout()).isEmpty();
    assertThat(read.problems()).hasSize(6);
    assertThat(read.problems().get(0)).contains("timeout").contains("soon");
  }

  /**
   * A limit is what it says, or the run does not start: no value means the usual limit, or none.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Memory: 0",
        "Memory: 0GB",
        "Memory: 00",
        "Memory: -64MB",
        "Memory: 64 MB or so",
        "Memory: 1.5GB",
        "Memory: 99999999999999999999",
        "Memory: 999999999999999TB",
        "Memory: 64PB",
        "Memory: inf",
        "Memory: \u0664MB",
        "Timeout: 0",
        "Timeout: 0s",
        "Timeout: 0ms",
        "Timeout: PT0S",
        "Timeout: PT0.0000001S",
        "Timeout: -3s",
        "Timeout: -PT3S",
        "Timeout: P-1D",
        "Timeout: 30",
        "Timeout: 1e3s",
        "Timeout: 999999999999999999999s",
        "Timeout: P99999999999999999D",
        "Timeout: never",
        "Retries: -1",
        "Retries: 101",
        "Retries: 1000000000000",
        "Retries: 1.0",
        "Network: 0",
        "Network: none",
        "Isolation: 0",
        "Runtime: python",
        "Node: *",
        "Secrets: a b"
      })
  void aLimitOutOfBoundsRefusesTheRun(String line) {
    ScriptDocumentation read = ScriptDocumentation.parse(line);
    String name = line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT);
    assertThat(read.problems()).hasSize(1);
    assertThat(read.problems().getFirst())
        .startsWith("the docstring's " + name + " makes no sense: ");
    assertThat(read.declared()).containsOnlyKeys(name);
  }

  @Test
  void theSmallestAndTheLargestLimitsAreTaken() {
    ScriptDocumentation read =
        ScriptDocumentation.parse("Memory: 1\nTimeout: 1ms\nRetries: 0\nNetwork: off");
    assertThat(read.problems()).isEmpty();
    assertThat(read.wishes().memoryBytes()).contains(1L);
    assertThat(read.wishes().retries()).contains(0);
    read = ScriptDocumentation.parse("Memory: 8000000TB\nTimeout: 999999999d\nRetries: 100");
    assertThat(read.problems()).isEmpty();
  }

  @Test
  void whoIsNotifiedKeepsNoRunFromStarting() {
    ScriptDocumentation read =
        ScriptDocumentation.parse("notify:  ops, on-call.1 ,,ops, my team,-x");
    assertThat(read.wishes().notifies())
        .isEqualTo(new NotifyLine(List.of("ops", "on-call.1"), List.of("my team", "-x")));
    assertThat(read.problems()).isEmpty();
    assertThat(read.declared()).containsKey("notify");
    assertThat(ScriptDocumentation.NONE.wishes().notifies().names()).isEmpty();
    String many = IntStream.range(0, 20).mapToObj(n -> "n" + n).collect(Collectors.joining(","));
    assertThat(ScriptDocumentation.parse("Notify: " + many).wishes().notifies().wrong())
        .containsExactly("n16", "n17", "n18", "n19");
  }

  @Test
  void theFirstOfTwoLinesCounts() {
    assertThat(ScriptDocumentation.parse("Author: A\nAuthor: B").author()).isEqualTo("A");
  }
}
