package io.pulzar.python;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.pulzar.python.ScriptRun.Purpose;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SystemFactsServiceTest {

  private final JsonMapper json = JsonMapper.createDefault();

  @TempDir Path scratch;

  @Test
  void theMachineIsDescribedInTheShapeThatScriptsRead() throws IOException {
    JsonNode facts = facts();

    int processors = number(facts, "processors").intValue();
    assertThat(processors).isPositive();
    assertThat(number(facts, "cores").intValue()).isBetween(1, processors);
    assertThat(member(facts, "ticks").size()).isEqualTo(processors);
    for (JsonNode ticks : member(facts, "ticks").values()) {
      assertThat(at(ticks, 0)).isBetween(0L, at(ticks, 1));
    }
  }

  @Test
  void memoryAndDiskAreInBytes() throws IOException {
    JsonNode facts = facts();

    JsonNode memory = member(facts, "memory");
    assertThat(number(memory, "available").longValue())
        .isBetween(1L, number(memory, "total").longValue());
    JsonNode disk = member(facts, "disk");
    assertThat(number(disk, "available").longValue())
        .isBetween(0L, number(disk, "free").longValue());
    assertThat(number(disk, "total").longValue()).isEqualTo(scratch.toFile().getTotalSpace());
  }

  private JsonNode facts() throws IOException {
    String answer =
        new SystemFactsService(json)
            .answer(new ScriptRun(Purpose.JOB, "7", RunRights.EVERYTHING, scratch), "{}");
    return Objects.requireNonNull(json.readValue(answer, Argument.of(JsonNode.class)));
  }

  private static JsonNode member(JsonNode node, String name) {
    return Objects.requireNonNull(node.get(name), name);
  }

  private static Number number(JsonNode node, String name) {
    return member(node, name).getNumberValue();
  }

  private static long at(JsonNode pair, int index) {
    return Objects.requireNonNull(pair.get(index)).getLongValue();
  }
}
