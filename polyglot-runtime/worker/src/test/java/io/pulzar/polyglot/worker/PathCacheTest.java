package io.pulzar.polyglot.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class PathCacheTest {

  private final PathCache<Boolean> cache = new PathCache<>();

  @Test
  void whatWasPutIsFound() {
    cache.put(Path.of("/a"), true);
    assertThat(cache.get(Path.of("/a"))).isTrue();
    assertThat(cache.get(Path.of("/b"))).isNull();
  }

  @Test
  void aVeryLongPathIsNotKept() {
    Path path = Path.of("/" + "x".repeat(5000));
    cache.put(path, true);
    assertThat(cache.contains(path)).isFalse();
  }

  @Test
  void manyPathsAreBoundedByWhatTheyTakeAndTheNewestAreKept() {
    for (int i = 0; i < 100_000; i++) {
      cache.put(Path.of("/" + "x".repeat(200) + i), true);
      assertThat(cache.bytes()).isLessThanOrEqualTo(PathCache.MOST_BYTES);
    }
    assertThat(cache.contains(Path.of("/" + "x".repeat(200) + 99_999))).isTrue();
    assertThat(cache.contains(Path.of("/" + "x".repeat(200) + 0))).isFalse();
  }
}
