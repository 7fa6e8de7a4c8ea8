package io.pulzar.polyglot.wall;

import io.pulzar.polyglot.RuntimeSettings.WallMode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What the wall adds to the start of a process: {@code java … WallBench}. */
final class WallBench {

  private static final int STARTS = 40;
  private static final int ROUNDS = 3;

  private WallBench() {}

  /** Starts the smallest program again and again, with and without, and prints the medians. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Wall free = Wall.of(WallMode.OFF);
    Wall walled = Wall.of(WallMode.REQUIRED);
    for (int round = 0; round < ROUNDS; round++) {
      System.out.printf(
          "without the wall %.2f ms, with it %.2f ms%n", median(free), median(walled));
    }
  }

  private static double median(Wall wall) throws IOException, InterruptedException {
    FileRules files =
        FileRules.ofTheSystem()
            .and(
                new FileRules(
                    List.of(),
                    List.of(
                        Path.of("/bin/true"),
                        Path.of(System.getProperty("java.home"), "lib", "jspawnhelper")),
                    List.of()));
    long[] nanos = new long[STARTS];
    for (int start = 0; start < STARTS; start++) {
      long begun = System.nanoTime();
      Process process = wall.start(new ProcessBuilder("/bin/true"), files);
      nanos[start] = System.nanoTime() - begun;
      if (process.waitFor() != 0) {
        throw new IOException("/bin/true could not run");
      }
    }
    Arrays.sort(nanos);
    return nanos[STARTS / 2] / 1e6;
  }
}
