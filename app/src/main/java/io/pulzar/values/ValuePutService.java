package io.pulzar.values;

import io.micronaut.json.JsonMapper;
import io.pulzar.http.ApiException;
import io.pulzar.keys.IndexAccess;
import io.pulzar.keys.ScriptValue;
import io.pulzar.polyglot.HostCallException;
import io.pulzar.python.ScriptRun;
import io.pulzar.python.ScriptService;
import io.pulzar.rights.Right;
import io.pulzar.roles.OnNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.concurrent.CompletionException;

/** {@code keys.put} on a node: stores a value of a script here, beside the script. */
@OnNode
@Singleton
final class ValuePutService implements ScriptService {

  private final ValueSink writes;
  private final JsonMapper json;

  ValuePutService(ValueSink writes, JsonMapper json) {
    this.writes = writes;
    this.json = json;
  }

  @Override
  public String name() {
    return ScriptValue.SERVICE;
  }

  @Override
  public String answer(ScriptRun run, String arguments) throws HostCallException, IOException {
    try (ScriptValue value = ScriptValue.read(json, run, arguments)) {
      run.rights().requireData(Right.WRITE_DATA, value.options().key().path());
      writes.write(value.options(), new FileUpload(value.file())).toCompletableFuture().join();
      return json.writeValueAsString(value.options().key().path());
    } catch (ApiException e) {
      throw IndexAccess.explained(e);
    } catch (CompletionException e) {
      throw IndexAccess.explained(e.getCause() == null ? e : e.getCause());
    }
  }
}
