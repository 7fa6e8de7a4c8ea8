package io.pulzar.jobs;

/**
 * Hears what happens to one job. Called on the storage's thread after the change is on the disk: it
 * must only wake somebody.
 */
interface JobListener {

  /** It wrote, or its attempt changed. */
  default void wrote() {}

  /** It is over. */
  void ended(JobRecord job);
}
