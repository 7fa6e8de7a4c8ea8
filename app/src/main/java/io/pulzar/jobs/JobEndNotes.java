package io.pulzar.jobs;

import io.pulzar.storage.WriteTransaction;

/**
 * What another feature notes when a job ends, in the transaction that stores the end: neither is
 * ever on the disk without the other. Its tables are {@link TablesBesideJobs}.
 */
public interface JobEndNotes {

  /** Notes an end, under the rules of a transaction's body: it is short and may run again. */
  void note(WriteTransaction tx, EndedJob job);
}
