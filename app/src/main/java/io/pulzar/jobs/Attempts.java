package io.pulzar.jobs;

/**
 * How often a job was tried.
 *
 * @param number of the last recorded attempt, 0 before the first. Each number names one hand-over
 *     to one node, ever. Numbers only grow and may skip
 * @param failures attempts that the script's own retries count
 * @param losses attempts whose node was lost
 * @param epoch of the master in which this was written
 */
record Attempts(int number, int failures, int losses, long epoch) {

  /** Epochs jump far when a master was put back from a backup. */
  private static final long MOST_SKIPPED = 10_000;

  static Attempts none(long epoch) {
    return new Attempts(0, 0, 0, epoch);
  }

  /**
   * The number of the next hand-over.
   *
   * <p>A hand-over does not wait until its record is on the disk. So a master that was killed may
   * have handed out one attempt more than it knows, and only one: the next is handed out only after
   * the record of the one before. The same is so for each life since then, also for one that goes
   * on while another master has taken its place. So each has a number of its own; that is why two
   * runs never share one, whatever happens to the master.
   */
  int next(long currentEpoch) {
    return number + 1 + (int) Math.min(currentEpoch - epoch, MOST_SKIPPED);
  }

  /** An attempt that an earlier life of the master may have handed out without recording it. */
  boolean mayHaveLost(int attempt, long currentEpoch) {
    return attempt > number && attempt < next(currentEpoch);
  }
}
