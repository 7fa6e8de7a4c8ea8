package io.pulzar.polyglot.pool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** What a process occupies of the machine's memory, where the system tells (Linux). */
final class ResidentMemory {

  /** The page size of every machine that Linux and a JDK of ours run on, but for rare kernels. */
  private static final long PAGE_BYTES = 4096;

  private ResidentMemory() {}

  static OptionalLong of(long pid) {
    try {
      // "size resident shared ...", in pages: proc(5).
      String pages =
          Files.readString(Path.of("/proc/" + pid + "/statm"), StandardCharsets.US_ASCII);
      return OptionalLong.of(Long.parseLong(pages.split(" ", -1)[1]) * PAGE_BYTES);
    } catch (IOException | RuntimeException e) {
      // The process is gone, or this is not Linux.
      return OptionalLong.empty();
    }
  }
}
