package io.pulzar.launches;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import io.pulzar.jobs.JobOperations;
import io.pulzar.jobs.JobOperations.LaunchQuestion;
import io.pulzar.keys.IndexAccess;
import io.pulzar.keys.ScriptArguments;
import io.pulzar.polyglot.HostCallException;
import io.pulzar.python.ScriptRun;
import io.pulzar.python.ScriptService;
import io.pulzar.rights.Right;
import jakarta.inject.Singleton;
import java.io.IOException;

/** {@code jobs.launch}: starts a job for a script and answers with its id. */
@Singleton
final class JobLaunchService implements ScriptService {

  private final IndexAccess master;
  private final JsonMapper json;

  JobLaunchService(IndexAccess master, JsonMapper json) {
    this.master = master;
    this.json = json;
  }

  @Override
  public String name() {
    return "jobs.launch";
  }

  @Override
  public String answer(ScriptRun run, String arguments) throws HostCallException, IOException {
    Asked asked = ScriptArguments.read(json, arguments, Asked.class);
    run.rights().requireScript(Right.RUN, JobOperations.scriptOf(asked.path()));
    JsonNode data = asked.parameters().get(JobOperations.DATA);
    if (data != null && data.isString()) {
      run.rights().requireData(Right.READ_DATA, data.getStringValue());
    }
    String parameters = json.writeValueAsString(asked.parameters());
    return Long.toString(
        master.ask(JobOperations.LAUNCH, new LaunchQuestion(asked.path(), parameters)).job());
  }

  @Serdeable
  record Asked(String path, JsonNode parameters) {}
}
