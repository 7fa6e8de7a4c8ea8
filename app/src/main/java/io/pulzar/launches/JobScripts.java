package io.pulzar.launches;

import io.pulzar.jobs.JobOperations;
import io.pulzar.jobs.JobOperations.JobQuestion;
import io.pulzar.keys.IndexAccess;
import io.pulzar.polyglot.HostCallException;
import io.pulzar.python.ScriptRun;
import io.pulzar.rights.Right;
import java.time.Duration;

/** Checks what a script may do with a job, which is what it may do with the job's script. */
final class JobScripts {

  private JobScripts() {}

  static void require(IndexAccess master, ScriptRun run, Right right, long job)
      throws HostCallException {
    if (run.rights().identity().mayEverywhere(right)) {
      return;
    }
    JobQuestion question = new JobQuestion(job, Duration.ZERO);
    run.rights().requireScript(right, master.ask(JobOperations.SCRIPT, question).path());
  }
}
