package io.pulzar.polyglot;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Where Python is, and how many workers of which size run it. Each part checks itself when it is
 * made; its messages name the setting to change.
 */
public record RuntimeSettings(
    Places places,
    Workers workers,
    WorkerShape shape,
    Patience patience,
    Images images,
    Confinement confinement) {

  /**
   * The defaults for this machine.
   *
   * @param image as the build makes it, see {@link Places}
   * @param pythonLib the library that scripts import
   * @param scratch where the runs' scratch directories are made
   */
  public static RuntimeSettings defaults(Path image, Path pythonLib, Path scratch) {
    return new RuntimeSettings(
        new Places(
            image,
            pythonLib,
            List.of(),
            scratch.resolveSibling("drivers"),
            Path.of(System.getProperty("java.home")),
            scratch),
        Workers.defaults(),
        WorkerShape.defaults(),
        Patience.defaults(),
        Images.defaults(scratch.resolveSibling("languages")),
        Confinement.defaults());
  }

  /** The same for scripts and inputs in other directories. */
  public RuntimeSettings reading(List<Path> directories) {
    return new RuntimeSettings(
        places,
        workers,
        shape,
        patience,
        images,
        new Confinement(confinement.wall(), directories, confinement.openFiles()));
  }

  /** The same for scripts that run only once. */
  public RuntimeSettings interpreted() {
    return new RuntimeSettings(places, workers, shape.interpreted(), patience, images, confinement);
  }

  /** One line for the start-up log. */
  public String describe() {
    return "at most %d Python workers (%d kept warm) of %d MiB heap, %d calls may wait; image %s"
        .formatted(
            workers.max(),
            workers.warm(),
            shape.heapBytes() >> 20,
            workers.queue(),
            places.image());
  }

  /**
   * Directories of the host; all become absolute.
   *
   * @param image the runtime image: {@code lib}, {@code python}, and where the build could make
   *     them {@code runtime}, {@code compiler} and {@code worker.aot}
   * @param pythonLib the library that scripts import
   * @param packages directories of installed packages; they win over {@code pythonLib}
   * @param drivers jars of further JDBC drivers; it need not exist
   * @param java a Java home for the workers when the image has none
   * @param scratch of this runtime alone: what is in it is deleted at start
   */
  public record Places(
      Path image, Path pythonLib, List<Path> packages, Path drivers, Path java, Path scratch) {

    public Places {
      image = image.toAbsolutePath().normalize();
      pythonLib = pythonLib.toAbsolutePath().normalize();
      packages = packages.stream().map(path -> path.toAbsolutePath().normalize()).toList();
      drivers = drivers.toAbsolutePath().normalize();
      java = java.toAbsolutePath().normalize();
      scratch = scratch.toAbsolutePath().normalize();
      check(
          scratch.getNameCount() > 0,
          "the scratch directory is emptied at start and cannot be " + scratch);
    }
  }

  /**
   * How many workers there are.
   *
   * @param max runs that may go on at the same time. One process more may wait as a replacement
   * @param warm workers that are kept even when there is nothing to do
   * @param queue calls that may wait for a worker
   * @param idleRetirement a worker above {@code warm}, or of a special size, ends after this time
   *     without a run
   */
  public record Workers(int max, int warm, int queue, Duration idleRetirement) {

    public Workers {
      check(max >= 1, "pulzar.workers.max must be 1 or more, got " + max);
      check(
          warm >= 1 && warm <= max,
          "pulzar.workers.warm must be between 1 and pulzar.workers.max (%d), got %d"
              .formatted(max, warm));
      check(queue >= 0, "pulzar.workers.queue must not be negative, got " + queue);
      checkPositive(idleRetirement, "pulzar.workers.idle-retirement");
    }

    /** Twice as many as processors, since scripts wait as well as compute. */
    public static Workers defaults() {
      int processors = Runtime.getRuntime().availableProcessors();
      return new Workers(
          Math.max(4, 2 * processors), Math.max(1, processors), 1000, Duration.ofMinutes(5));
    }
  }

  /**
   * What one worker is.
   *
   * @param heapBytes what a run may hold unless it says otherwise; one that asks for more gets a
   *     worker of that size
   * @param maxHeapBytes the most that a run can ask for
   * @param keptContexts scripts whose contexts a worker keeps
   * @param spareContexts contexts that a worker builds ahead of need
   * @param runsPerContext a context is replaced after this many runs
   * @param runsPerWorker a process is replaced after this many runs
   * @param maxFileBytes the largest file that a script can write
   * @param scratchBytes what a run may have in its directory
   * @param niceness added to the scheduling priority number, so that the server goes first; 0 to 19
   * @param compiled whether Python becomes machine code where that can be; what runs only once is
   *     over sooner without
   */
  public record WorkerShape(
      long heapBytes,
      long maxHeapBytes,
      int keptContexts,
      int spareContexts,
      int runsPerContext,
      int runsPerWorker,
      long maxFileBytes,
      long scratchBytes,
      int niceness,
      boolean compiled) {

    private static final long SMALLEST_HEAP_BYTES = 128L << 20;

    public WorkerShape {
      check(
          heapBytes >= SMALLEST_HEAP_BYTES,
          "pulzar.workers.heap must be %d MiB or more, got %d bytes"
              .formatted(SMALLEST_HEAP_BYTES >> 20, heapBytes));
      check(
          maxHeapBytes >= heapBytes,
          "pulzar.workers.max-heap must not be below pulzar.workers.heap");
      check(keptContexts >= 1, "pulzar.workers.contexts must be 1 or more");
      check(spareContexts >= 0, "pulzar.workers.spares must not be negative");
      check(runsPerContext >= 1, "pulzar.workers.runs-per-context must be 1 or more");
      check(runsPerWorker >= 1, "pulzar.workers.runs-per-worker must be 1 or more");
      check(maxFileBytes >= 1, "pulzar.workers.max-file must be positive");
      check(scratchBytes >= 1, "pulzar.workers.scratch must be positive");
      check(niceness >= 0 && niceness <= 19, "pulzar.workers.niceness must be 0 to 19");
    }

    public static WorkerShape defaults() {
      return new WorkerShape(
          512L << 20, 8192L << 20, 16, 2, 10_000_000, 10_000_000, 1L << 30, 1L << 30, 2, true);
    }

    /** The same for what runs only once. */
    public WorkerShape interpreted() {
      return new WorkerShape(
          heapBytes,
          maxHeapBytes,
          keptContexts,
          spareContexts,
          runsPerContext,
          runsPerWorker,
          maxFileBytes,
          scratchBytes,
          niceness,
          false);
    }
  }

  /**
   * How long the pool waits for a worker.
   *
   * @param start from its start, and from being given a run, to its first sign of life
   * @param grace from a limit or a cancellation to the answer; the process is killed then
   * @param scaleUp a call that waited this long makes the pool start another worker
   */
  public record Patience(Duration start, Duration grace, Duration scaleUp) {

    public Patience {
      checkPositive(start, "pulzar.workers.start-timeout");
      checkPositive(grace, "pulzar.workers.grace");
      checkPositive(scaleUp, "pulzar.workers.scale-up");
    }

    /**
     * The part of the grace that a script has for its {@code finally} and {@code atexit}; the rest
     * is for ending what did not end then.
     */
    public Duration cleanUp() {
      return grace.dividedBy(2);
    }

    public static Patience defaults() {
      return new Patience(Duration.ofMinutes(3), Duration.ofSeconds(2), Duration.ofMillis(200));
    }
  }

  /**
   * What scripts can do with images.
   *
   * @param languages a folder with {@code NAME.traineddata} files for recognizing text in further
   *     languages; it need not exist
   * @param maxPixels the largest image that is read or made
   */
  public record Images(Path languages, int maxPixels) {

    public Images {
      languages = languages.toAbsolutePath().normalize();
      check(maxPixels >= 1, "pulzar.images.pixels must be positive");
    }

    /** Forty million pixels, as a camera of today makes them. */
    public static Images defaults(Path languages) {
      return new Images(languages, 40_000_000);
    }
  }

  /** Whether the kernel holds the workers too, beside the sandbox inside them. */
  public enum WallMode {
    /** So far as it can. */
    AUTO,
    /** No worker starts without. */
    REQUIRED,
    /** It does not. */
    OFF
  }

  /**
   * What the kernel keeps from the workers.
   *
   * @param readable directories that runs read from: those of scripts, and those that their inputs
   *     lie in. Behind the wall there are no others
   * @param openFiles how many files and sockets a worker can have open
   */
  public record Confinement(WallMode wall, List<Path> readable, int openFiles) {

    private static final int FEWEST_OPEN_FILES = 256;

    public Confinement {
      readable = readable.stream().map(path -> path.toAbsolutePath().normalize()).toList();
      check(
          openFiles >= FEWEST_OPEN_FILES,
          "pulzar.workers.open-files must be %d or more, got %d"
              .formatted(FEWEST_OPEN_FILES, openFiles));
    }

    /** As much as the kernel can, for scripts that lie nowhere yet. */
    public static Confinement defaults() {
      return new Confinement(WallMode.AUTO, List.of(), 4096);
    }
  }

  private static void checkPositive(Duration duration, String setting) {
    check(duration.isPositive(), setting + " must be positive, got " + duration);
  }

  private static void check(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
