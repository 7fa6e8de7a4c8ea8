package io.pulzar.launches;

import io.micronaut.json.JsonMapper;
import io.micronaut.serde.annotation.Serdeable;
import io.pulzar.jobs.JobOperations;
import io.pulzar.jobs.JobOperations.JobQuestion;
import io.pulzar.keys.IndexAccess;
import io.pulzar.keys.ScriptArguments;
import io.pulzar.polyglot.HostCallException;
import io.pulzar.python.ScriptRun;
import io.pulzar.python.ScriptService;
import io.pulzar.rights.Right;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;

/** {@code jobs.cancel}: cancels a job for a script; false when it has ended already. */
@Singleton
final class JobCancelService implements ScriptService {

  private final IndexAccess master;
  private final JsonMapper json;

  JobCancelService(IndexAccess master, JsonMapper json) {
    this.master = master;
    this.json = json;
  }

  @Override
  public String name() {
    return "jobs.cancel";
  }

  @Override
  public String answer(ScriptRun run, String arguments) throws HostCallException, IOException {
    Asked asked = ScriptArguments.read(json, arguments, Asked.class);
    JobScripts.require(master, run, Right.OPERATE, asked.job());
    return Boolean.toString(
        master.ask(JobOperations.CANCEL, new JobQuestion(asked.job(), Duration.ZERO)).accepted());
  }

  @Serdeable
  record Asked(long job) {}
}
