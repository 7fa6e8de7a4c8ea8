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

  static Attempts none(long epoch) {
    return new Attempts(0, 0, 0, epoch);
  }

  /**
   * The number of the next hand-over.
   *
   * <p>A hand-over does not wait until its record is on the disk. So a master that was killed may
   * have handed out one attempt more than it knows, and only one: the next is handed out only after
   * the record of the one before. A number that an earlier life may have used is skipped; that is
   * why two runs never share a number, whatever happens to the master.
   */
  int next(long currentEpoch) {
    return number + (epoch == currentEpoch ? 1 : 2);
  }

  /** The attempt that an earlier life of the master may have handed out without recording it. */
  boolean mayHaveLost(int attempt, long currentEpoch) {
    return epoch != currentEpoch && attempt == number + 1;
  }
}
