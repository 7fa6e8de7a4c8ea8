package io.pulzar;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What runs of scripts leave in their directories, which is removed behind them. */
public final class Leftovers {

  private Leftovers() {}

  /** Waits until there is nothing below the directories of the pool itself. */
  public static void awaitNone(Path scratch) {
    Await.until("nothing is left of the runs", () -> isEmptyBelowItsDirectories(scratch));
  }

  private static boolean isEmptyBelowItsDirectories(Path scratch) {
    try (Stream<Path> entries = Files.walk(scratch, 2)) {
      return entries.noneMatch(entry -> scratch.relativize(entry).getNameCount() > 1);
    } catch (IOException | UncheckedIOException e) {
      // Something went while it was looked at.
      return false;
    }
  }
}
