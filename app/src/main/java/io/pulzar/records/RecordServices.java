package io.pulzar.records;

import io.micronaut.context.annotation.Factory;
import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.pulzar.http.ApiException;
import io.pulzar.polyglot.HostCallException;
import io.pulzar.python.ScriptRun;
import io.pulzar.python.ScriptRun.Purpose;
import io.pulzar.python.ScriptService;
import io.pulzar.records.RecordOperations.WriteOrder;
import io.pulzar.records.WriteAnswer.Outcome;
import io.pulzar.rights.Identity;
import io.pulzar.rights.Right;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** {@code records.*}: text records and shared values for scripts, as {@code pulzarcore.records}. */
@Factory
final class RecordServices {

  private static final Argument<Map<String, Object>> OBJECT =
      Argument.mapOf(String.class, Object.class);
  private static final long LONGEST_WAIT = 60;

  private final Records records;
  private final JsonMapper json;

  RecordServices(Records records, JsonMapper json) {
    this.records = records;
    this.json = json;
  }

  private interface Body {
    @Nullable Object answer(Asked asked) throws HostCallException;
  }

  @Singleton
  @Named("records.find")
  ScriptService find() {
    return service("records.find", this::found);
  }

  @Singleton
  @Named("records.put")
  ScriptService put() {
    return service("records.put", this::stored);
  }

  @Singleton
  @Named("records.remove")
  ScriptService remove() {
    return service("records.remove", this::removed);
  }

  @Singleton
  @Named("records.changes")
  ScriptService changes() {
    return service("records.changes", this::changed);
  }

  private ScriptService service(String name, Body body) {
    return new ScriptService() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public String answer(ScriptRun run, String arguments) throws HostCallException, IOException {
        Map<String, Object> fields = json.readValue(arguments, OBJECT);
        if (fields == null) {
          throw new IOException("nothing was asked");
        }
        return PythonJson.write(body.answer(new Asked(run, fields)));
      }
    };
  }

  /** What a script asks; not to be trusted. */
  private record Asked(ScriptRun run, Map<String, Object> fields) {

    String text(String name) throws HostCallException {
      if (fields.get(name) instanceof String text) {
        return text;
      }
      throw new HostCallException("TypeError", name + " must be a text");
    }

    Optional<String> optional(String name) throws HostCallException {
      return fields.get(name) == null ? Optional.empty() : Optional.of(text(name));
    }

    long number(String name, long otherwise) throws HostCallException {
      Object value = fields.get(name);
      if (value == null) {
        return otherwise;
      }
      if (value instanceof Number number) {
        return number.longValue();
      }
      throw new HostCallException("TypeError", name + " must be a number");
    }

    RecordKey key() throws HostCallException {
      String name = text("name");
      try {
        return text("kind").equals("text") ? TextUid.key(name) : SharedName.key(name);
      } catch (ApiException e) {
        throw new HostCallException("ValueError", e.getMessage());
      }
    }

    /** The record, when the script may do that with it. */
    RecordKey keyFor(Right right) throws HostCallException {
      RecordKey key = key();
      run.rights().requireData(right, RecordRights.path(key));
      return key;
    }

    /** A process that wrote texts would wait for itself. */
    void mustNotBeProcess() throws HostCallException {
      if (run.purpose() == Purpose.PROCESS) {
        throw new HostCallException("PermissionError", "a process can't write records");
      }
    }
  }

  private @Nullable Object found(Asked asked) throws HostCallException {
    RecordKey key = asked.keyFor(Right.READ_DATA);
    Optional<Row> row = answer(records.find(key, 0));
    if (row.isEmpty()) {
      return null;
    }
    StoredRecord record = row.get().record();
    if (key.kind() == Kind.TEXT) {
      return new PythonJson.Literal(record.body());
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("value", record.body());
    fields.put("version", record.version().toString());
    return fields;
  }

  private Object stored(Asked asked) throws HostCallException {
    asked.mustNotBeProcess();
    WriteCondition condition =
        asked
            .optional("version")
            .map(
                version ->
                    version.isEmpty()
                        ? WriteCondition.ABSENT
                        : WriteCondition.PRESENT.matching(version))
            .orElse(WriteCondition.ANY);
    long ttl = Math.max(0, asked.number("ttl", 0)) * 1000;
    WriteOrder order =
        WriteOrder.of(asked.keyFor(Right.WRITE_DATA), condition, asked.text("value")).expiring(ttl);
    WriteAnswer answer = answer(records.write(order));
    Row row = answer.row();
    if (row != null
        && (answer.outcome() == Outcome.STORED || answer.outcome() == Outcome.UNCHANGED)) {
      return row.record().version().toString();
    }
    throw new HostCallException("ValueError", "another version of " + order.name() + " is there");
  }

  private Object removed(Asked asked) throws HostCallException {
    asked.mustNotBeProcess();
    WriteOrder order = WriteOrder.of(asked.keyFor(Right.WRITE_DATA), WriteCondition.PRESENT, null);
    return answer(records.write(order)).outcome() == Outcome.DELETED;
  }

  private Object changed(Asked asked) throws HostCallException {
    long since = asked.number("since", records.lag().revision());
    Duration wait = Duration.ofSeconds(Math.clamp(asked.number("wait", 0), 0, LONGEST_WAIT));
    Identity reader = asked.run().rights().identity();
    if (!records.remembers(since)) {
      throw new HostCallException(
          "LookupError", "what changed after " + since + " is not known any more");
    }
    try (Watchers.Watch watch = Watchers.unbounded(records, asked.text("prefix"), since)) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put(
          "changes",
          answer(watch.changes(wait)).stream()
              .filter(change -> reader.mayData(Right.READ_DATA, RecordRights.text(change)))
              .toList());
      fields.put("since", watch.position());
      return fields;
    }
  }

  private static <T> T answer(CompletionStage<T> asked) throws HostCallException {
    try {
      return asked.toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof ApiException refusal) {
        throw refused(refusal);
      }
      throw e;
    } catch (ApiException refusal) {
      throw refused(refusal);
    }
  }

  private static HostCallException refused(ApiException refusal) {
    return new HostCallException(
        refusal.status() >= 500 ? "OSError" : "ValueError", refusal.getMessage());
  }
}
