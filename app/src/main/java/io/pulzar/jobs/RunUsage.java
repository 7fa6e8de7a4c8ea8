package io.pulzar.jobs;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Duration;

/** What one attempt used, in milliseconds and bytes. */
@Serdeable
public record RunUsage(long queuedMillis, long ranMillis, long cpuMillis, long peakBytes) {

  /** The same in the units of the JDK. */
  public static RunUsage of(Duration queued, Duration ran, Duration cpu, long peakBytes) {
    return new RunUsage(queued.toMillis(), ran.toMillis(), cpu.toMillis(), peakBytes);
  }
}
