package io.pulzar.polyglot.worker;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.ThreadMXBean;
import java.util.List;

/** What a run uses: started on its thread when it begins, read there when it ends. */
final class UsageMeter {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final List<MemoryPoolMXBean> HEAP =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .toList();

  private final long cpuAtStart = THREADS.getCurrentThreadCpuTime();

  private UsageMeter() {}

  static UsageMeter start() {
    for (MemoryPoolMXBean pool : HEAP) {
      pool.resetPeakUsage();
    }
    return new UsageMeter();
  }

  long cpuNanos() {
    return THREADS.getCurrentThreadCpuTime() - cpuAtStart;
  }

  /** The heap at its highest since the start, so an upper bound of what the script held. */
  long peakBytes() {
    long sum = 0;
    for (MemoryPoolMXBean pool : HEAP) {
      sum += pool.getPeakUsage().getUsed();
    }
    return sum;
  }
}
