package io.pulzar.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.TestServer;
import io.pulzar.settings.BadSettingException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NodeLabelsTest {

  @TempDir private Path directory;

  @Test
  void labelsAreSortedAndEachOnce() {
    assertThat(labels(" gpu, big,,gpu , a.b-c ")).containsExactly("a.b-c", "big", "gpu");
    assertThat(labels("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"big machine", "-gpu", "grün", "a/b"})
  void whatIsNoLabelIsRefused(String text) {
    assertThatThrownBy(() -> labels(text))
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining("pulzar.node.labels");
  }

  @Test
  void thereAreAtMostThirtyTwo() {
    assertThat(labels(many(32))).hasSize(32);
    assertThatThrownBy(() -> labels(many(33)))
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining("32 labels, got 33");
  }

  @Test
  void aNodeThatHasUsedUpOneThingHasNoHeadroom() {
    assertThat(facts(50, 50, 50).headroom()).isEqualTo(0.125);
    assertThat(facts(100, 0, 0).headroom()).isZero();
    assertThat(facts(0, 0, 100).headroom()).isZero();
    assertThat(facts(10, 90, 10).headroom()).isLessThan(facts(40, 40, 40).headroom());
  }

  private static NodeFacts facts(double disk, double load, double memory) {
    return new NodeFacts(
        "one",
        "id",
        "http://h",
        disk,
        1,
        load,
        memory,
        1,
        1,
        "",
        true,
        List.of(),
        Map.of(),
        List.of());
  }

  private List<String> labels(String text) {
    return NodeLabels.of(TestServer.settings(directory, Map.of("pulzar.node.labels", text)));
  }

  private static String many(int count) {
    return IntStream.range(0, count).mapToObj(n -> "l" + n).collect(Collectors.joining(","));
  }
}
