package io.pulzar.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.http.ApiException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The memory that uploads to a bucket share. */
final class UploadMemoryTest {

  private static final Duration SHORT = Duration.ofMillis(20);

  @Test
  void whoGetsNoneInTimeIsToldTheCure() {
    UploadMemory memory = new UploadMemory(1 << 20, SHORT);
    try (UploadMemory.Share _ = memory.take(1 << 20)) {
      assertThatThrownBy(() -> memory.take(1))
          .isInstanceOfSatisfying(
              ApiException.class,
              refusal -> {
                assertThat(refusal.code()).isEqualTo("too_many_uploads");
                assertThat(refusal).hasMessageContaining("pulzar.values.memory");
              });
    }
    memory.take(1 << 20).close();
  }

  @Test
  void whatIsLargerThanAllOfItGetsAllOfIt() {
    UploadMemory memory = new UploadMemory(1 << 20, SHORT);
    memory.take(1 << 30).close();
    memory.take(1 << 20).close();
  }
}
