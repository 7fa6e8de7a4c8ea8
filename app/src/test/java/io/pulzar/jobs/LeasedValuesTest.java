package io.pulzar.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.json.JsonMapper;
import io.pulzar.TestServer;
import io.pulzar.jobs.JobOperations.AttemptId;
import io.pulzar.link.ClusterKey;
import io.pulzar.sealing.SealedTextException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a lease carries can be read by its node, for its attempt. */
final class LeasedValuesTest {

  private static final LeasedValues VALUES =
      new LeasedValues(
          Map.of("A", "hunter22"), Map.of("B", "public"), "{\"x\":\"hidden\"}", List.of("hidden"));

  private final JsonMapper json = JsonMapper.createDefault();
  @TempDir private Path directory;

  @Test
  void itOpensWithTheClustersKeyForItsAttemptOnly() throws SealedTextException {
    AttemptId attempt = new AttemptId(7, 1);
    String sealed = VALUES.seal(key("one"), attempt, json);
    assertThat(sealed).doesNotContain("hunter22", "hidden", "public");
    assertThat(LeasedValues.open(sealed, key("one"), attempt, json)).isEqualTo(VALUES);
    assertThatThrownBy(() -> LeasedValues.open(sealed, key("other"), attempt, json))
        .isInstanceOf(SealedTextException.class);
    assertThatThrownBy(() -> LeasedValues.open(sealed, key("one"), new AttemptId(7, 2), json))
        .isInstanceOf(SealedTextException.class);
  }

  @Test
  void nothingInItIsNothingOnTheOtherSide() throws SealedTextException {
    LeasedValues empty = new LeasedValues(Map.of(), Map.of(), "{}", List.of());
    AttemptId attempt = new AttemptId(7, 1);
    assertThat(LeasedValues.open(empty.seal(key("one"), attempt, json), key("one"), attempt, json))
        .isEqualTo(empty);
  }

  @Test
  void noTextFormShowsAValue() {
    assertThat(VALUES.toString()).doesNotContain("hunter22", "hidden", "public");
  }

  private ClusterKey key(String text) {
    return ClusterKey.of(TestServer.settings(directory, Map.of("pulzar.server.key", text)));
  }
}
