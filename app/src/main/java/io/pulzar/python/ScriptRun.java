package io.pulzar.python;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The run that asks.
 *
 * @param purpose why it runs
 * @param id a job's or an execution's id; empty for a call over HTTP
 * @param rights what it may do
 * @param scratch its scratch directory on this machine, a real path; there once it was used, or
 *     once {@link #madeScratch} made it
 */
public record ScriptRun(Purpose purpose, String id, RunRights rights, Path scratch) {

  /** Whether {@link #id} is that of a job. */
  public boolean isJob() {
    return purpose == Purpose.JOB || purpose == Purpose.SCHEDULED_JOB;
  }

  /** The scratch directory for a service that writes into it, perhaps as the first to do so. */
  public Path madeScratch() throws IOException {
    return Files.createDirectories(scratch);
  }

  /** Why a script runs. */
  public enum Purpose {
    JOB,
    SCHEDULED_JOB,
    EXTENSION,
    /** A draft is tested, which leaves no record. */
    TEST,
    /** A text on its way into a record. */
    PROCESS
  }
}
