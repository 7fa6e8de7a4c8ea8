package io.pulzar.polyglot.worker;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What this process holds beside Java's heap: databases in memory, images of OpenCV, stacks.
 *
 * <p>The file that the system tells it in is opened once, as a script may use up the descriptors.
 */
final class ProcessMemory implements AutoCloseable {

  private static final String STATUS = "/proc/self/status";
  private static final String ANONYMOUS = "RssAnon:";
  private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();

  private final @Nullable RandomAccessFile status;
  private final byte[] buffer = new byte[4096];

  ProcessMemory() {
    status = open();
  }

  private static @Nullable RandomAccessFile open() {
    try {
      return new RandomAccessFile(STATUS, "r");
    } catch (IOException e) {
      // Not Linux; the limit on the address space is all there is then.
      return null;
    }
  }

  /**
   * Bytes of memory that are neither heap nor code of Java, at least; what the heap has reserved
   * and not used yet is taken off, so this may be less than what is really there, and below zero.
   */
  long besideJava() {
    long resident = resident();
    return resident == 0
        ? 0
        : resident
            - MEMORY.getHeapMemoryUsage().getCommitted()
            - MEMORY.getNonHeapMemoryUsage().getCommitted();
  }

  /** Pages of the process that no file stands behind; 0 where the system does not tell. */
  private long resident() {
    RandomAccessFile file = status;
    if (file == null) {
      return 0;
    }
    try {
      file.seek(0);
      int length = Math.max(0, file.read(buffer));
      String text = new String(buffer, 0, length, StandardCharsets.US_ASCII);
      int from = text.indexOf(ANONYMOUS);
      int to = text.indexOf("kB", from);
      return from < 0 || to < 0
          ? 0
          : Long.parseLong(text.substring(from + ANONYMOUS.length(), to).strip()) << 10;
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }

  @Override
  public void close() throws IOException {
    if (status != null) {
      status.close();
    }
  }
}
