package io.pulzar.python;

import java.nio.file.Path;

/**
 * The run that asks.
 *
 * @param purpose why it runs
 * @param id a job's or an execution's id; empty for a call over HTTP
 * @param scratch its scratch directory on this machine, a real path; there once it was used
 */
public record ScriptRun(Purpose purpose, String id, Path scratch) {

  /** Why a script runs. */
  public enum Purpose {
    JOB,
    SCHEDULED_JOB,
    EXTENSION,
    /** A text on its way into a record. */
    PROCESS
  }
}
