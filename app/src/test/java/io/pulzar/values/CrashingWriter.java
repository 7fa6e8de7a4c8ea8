package io.pulzar.values;

import io.pulzar.keys.WriteSteps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The process that dies in {@link CrashTest}: writes, replaces and deletes keys, says on its
 * standard output what it begins and what it has done, and ends itself at a step.
 */
final class CrashingWriter {

  static final int WRITERS = 3;
  static final int KEYS = 4;
  private static final int KILLED = 137;

  private CrashingWriter() {}

  /**
   * Works until it dies.
   *
   * @param arguments directory, seed, the step to die at (or {@code never}), and at which time that
   *     it is reached
   */
  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    long seed = Long.parseLong(arguments[1]);
    AtomicInteger left = new AtomicInteger(Integer.parseInt(arguments[3]));
    WriteSteps steps =
        step -> {
          if (step.name().equals(arguments[2]) && left.decrementAndGet() == 0) {
            Runtime.getRuntime().halt(KILLED);
          }
        };
    WholeStore store = new WholeStore(directory, Clock.systemUTC(), steps);
    for (int writer = 0; writer < WRITERS; writer++) {
      Random random = new Random(seed * WRITERS + writer);
      String own = "/writer-" + writer + "/";
      Path scratch = Files.createTempFile(directory, "body-", "");
      Thread.ofPlatform().start(() -> work(store, own, scratch, random));
    }
  }

  private static void work(WholeStore store, String own, Path scratch, Random random) {
    while (true) {
      String key = own + random.nextInt(KEYS);
      if (store.has(key) && random.nextInt(3) == 0) {
        say("begin delete " + key + " 0");
        store.master.delete(key).toCompletableFuture().join();
        say("done delete " + key + " 0");
      } else {
        long body = random.nextLong(1, Long.MAX_VALUE);
        write(scratch, body(body));
        say("begin put " + key + " " + body);
        store.put(key, scratch, true);
        say("done put " + key + " " + body);
      }
    }
  }

  /** The bytes that a number stands for; one in three is so large that it becomes a file. */
  static byte[] body(long number) {
    byte[] bytes = new byte[number % 3 == 0 ? 70_000 + (int) (number % 300_000) : 1_000];
    new Random(number).nextBytes(bytes);
    ByteBuffer.wrap(bytes).putLong(number);
    return bytes;
  }

  private static void write(Path file, byte[] bytes) {
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static synchronized void say(String line) {
    System.out.println(line);
  }

  static String never() {
    return "never";
  }
}
