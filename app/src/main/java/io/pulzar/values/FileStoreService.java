package io.pulzar.values;

import io.micronaut.json.JsonMapper;
import io.micronaut.serde.annotation.Serdeable;
import io.pulzar.http.ApiException;
import io.pulzar.keys.IndexAccess;
import io.pulzar.keys.JobFolders;
import io.pulzar.keys.Key;
import io.pulzar.keys.ScratchFile;
import io.pulzar.keys.ScriptArguments;
import io.pulzar.keys.WriteOptions;
import io.pulzar.polyglot.HostCallException;
import io.pulzar.python.ScriptRun;
import io.pulzar.python.ScriptService;
import io.pulzar.roles.OnNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * {@code files.store}: keeps a file that a job wrote, under a key of the job. Storing the same name
 * again replaces it, since a job may be run a second time.
 */
@OnNode
@Singleton
final class FileStoreService implements ScriptService {

  private static final int MOST_DAYS = 36_500;

  private final ValueSink writes;
  private final JsonMapper json;

  FileStoreService(ValueSink writes, JsonMapper json) {
    this.writes = writes;
    this.json = json;
  }

  @Override
  public String name() {
    return "files.store";
  }

  @Override
  public String answer(ScriptRun run, String arguments) throws HostCallException, IOException {
    Asked asked = ScriptArguments.read(json, arguments, Asked.class);
    if (asked.days() < 1 || asked.days() > MOST_DAYS) {
      throw new HostCallException("ValueError", "a file is stored for 1 to 36500 days");
    }
    try (ScratchFile file = ScratchFile.open(run.scratch(), asked.name())) {
      Key key = Key.of(folder(run) + file.name());
      WriteOptions options =
          new WriteOptions(key, Optional.of(Duration.ofDays(asked.days())), true);
      writes.write(options, new FileUpload(file)).toCompletableFuture().join();
      return json.writeValueAsString(new Answer(key.path()));
    } catch (ApiException e) {
      throw IndexAccess.explained(e);
    } catch (CompletionException e) {
      throw IndexAccess.explained(e.getCause() == null ? e : e.getCause());
    }
  }

  private static String folder(ScriptRun run) throws HostCallException {
    return switch (run.purpose()) {
      case JOB -> JobFolders.regular(run.id());
      case SCHEDULED_JOB -> JobFolders.scheduled(run.id());
      case TEST ->
          throw new HostCallException(
              "NotImplementedError", "a test run stores no files; save the script and launch it");
      case EXTENSION, PROCESS ->
          throw new HostCallException(
              "NotImplementedError", "only jobs store files; an extension answers with its result");
    };
  }

  @Serdeable
  record Asked(String name, int days) {}

  @Serdeable
  record Answer(String key) {}
}
