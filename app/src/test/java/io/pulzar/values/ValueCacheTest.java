package io.pulzar.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node keeps of values that are in a bucket. */
final class ValueCacheTest {

  @TempDir private Path directory;
  private final AtomicLong seconds = new AtomicLong();

  @Test
  void whatIsUnusedForLongestGoesFirst() throws IOException {
    ValueCache cache = cache(10);
    cache.keep(1, file("one", 4));
    cache.keep(2, file("two", 4));
    assertThat(cache.link(1, directory.resolve("used"))).isTrue();
    cache.keep(3, file("three", 4));
    assertThat(cache.link(2, directory.resolve("gone"))).isFalse();
    assertThat(cache.link(1, directory.resolve("again"))).isTrue();
    assertThat(directory.resolve("gone")).doesNotExist();
  }

  @Test
  void whoReadsAFileHasItWhateverBecomesOfTheCache() throws IOException {
    ValueCache cache = cache(4);
    cache.keep(1, file("one", 4));
    Path lent = directory.resolve("lent");
    assertThat(cache.link(1, lent)).isTrue();
    cache.keep(2, file("two", 4));
    assertThat(cache.link(1, directory.resolve("gone"))).isFalse();
    assertThat(lent).hasSize(4);
  }

  @Test
  void whatIsTooLargeIsNotKeptAndNothingGoesForIt() throws IOException {
    ValueCache cache = cache(4);
    cache.keep(1, file("one", 4));
    cache.keep(2, file("two", 5));
    assertThat(cache.link(1, directory.resolve("there"))).isTrue();
    assertThat(cache.link(2, directory.resolve("gone"))).isFalse();
  }

  @Test
  void ofTwoWhoFetchedTheSameOneIsKept() throws IOException {
    ValueCache cache = cache(100);
    cache.keep(1, file("one", 4));
    cache.keep(1, file("same", 4));
    try (Stream<Path> kept = Files.list(directory.resolve("cache"))) {
      assertThat(kept).hasSize(1);
    }
  }

  /** Each look at its clock is a second later. */
  private ValueCache cache(long most) throws IOException {
    return new ValueCache(
        directory.resolve("cache"),
        most,
        () -> Instant.ofEpochSecond(4_000_000_000L + seconds.incrementAndGet()));
  }

  private Path file(String name, int size) throws IOException {
    return Files.write(directory.resolve(name), new byte[size]);
  }
}
