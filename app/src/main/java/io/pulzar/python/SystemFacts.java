package io.pulzar.python;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The machine as scripts see it through {@code psutil}.
 *
 * @param processors logical ones
 * @param cores physical ones
 * @param load processes that wanted to run, over 1, 5 and 15 minutes; absent where the system does
 *     not tell
 * @param ticks of each logical processor: milliseconds busy and in all, since the machine started
 */
@Serdeable
record SystemFacts(
    int processors,
    int cores,
    @Nullable List<Double> load,
    List<List<Long>> ticks,
    Memory memory,
    Disk disk) {

  /**
   * In bytes.
   *
   * @param available what programs may still take
   * @param free what nothing uses, caches neither; absent where the system does not tell
   */
  @Serdeable
  record Memory(long total, long available, @Nullable Long free) {}

  /**
   * In bytes, of the disk that the run's scratch directory is on.
   *
   * @param available what of the free space this server may use
   */
  @Serdeable
  record Disk(long total, long free, long available) {}
}
