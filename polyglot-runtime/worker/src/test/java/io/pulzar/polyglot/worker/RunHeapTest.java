package io.pulzar.polyglot.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A run is held to its part of the heap. */
final class RunHeapTest {

  private static final long MEGABYTE = 1L << 20;

  @Test
  void noRunBeginsWithACollectionOfTheHeap() {
    System.gc();
    long garbage = 0;
    for (int i = 0; i < 40; i++) {
      garbage += new byte[(int) MEGABYTE].length;
    }
    assertThat(garbage).isEqualTo(40 * MEGABYTE);
    long before = collections();
    for (int i = 0; i < 100; i++) {
      assertThat(new RunHeap(64 * MEGABYTE).isExceeded()).isFalse();
    }
    assertThat(collections()).isEqualTo(before);
  }

  @Test
  void whatARunHoldsCountsAndItsGarbageDoesNot() {
    RunHeap run = new RunHeap(8 * MEGABYTE);
    List<byte[]> held = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      held.add(new byte[(int) MEGABYTE]);
    }
    assertThat(run.isExceeded()).isTrue();
    assertThat(held).hasSize(100);
    held.clear();
    assertThat(new RunHeap(8 * MEGABYTE).isExceeded()).isFalse();
  }

  /** Of everything, which is what takes long. */
  private static long collections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .filter(collector -> collector.getName().contains("MarkSweep"))
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
  }
}
