package io.pulzar.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.polyglot.Isolation;
import io.pulzar.polyglot.ScriptRuntime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

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
