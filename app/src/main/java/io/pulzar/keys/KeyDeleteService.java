package io.pulzar.keys;

import io.micronaut.json.JsonMapper;
import io.micronaut.serde.annotation.Serdeable;
import io.pulzar.keys.KeyOperations.KeyQuestion;
import io.pulzar.polyglot.HostCallException;
import io.pulzar.python.ScriptRun;
import io.pulzar.python.ScriptService;
import io.pulzar.rights.Right;
import jakarta.inject.Singleton;
import java.io.IOException;

/** {@code keys.delete}: removes a key for a script; false when there is none. */
@Singleton
final class KeyDeleteService implements ScriptService {

  private final IndexAccess index;
  private final JsonMapper json;

  KeyDeleteService(IndexAccess index, JsonMapper json) {
    this.index = index;
    this.json = json;
  }

  @Override
  public String name() {
    return "keys.delete";
  }

  @Override
  public String answer(ScriptRun run, String arguments) throws HostCallException, IOException {
    Asked asked = ScriptArguments.read(json, arguments, Asked.class);
    run.rights().requireData(Right.WRITE_DATA, asked.key());
    return Boolean.toString(
        index.ask(KeyOperations.DELETE, new KeyQuestion(asked.key())).count() > 0);
  }

  @Serdeable
  record Asked(String key) {}
}
