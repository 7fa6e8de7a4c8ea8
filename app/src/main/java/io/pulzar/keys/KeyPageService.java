package io.pulzar.keys;

import io.micronaut.json.JsonMapper;
import io.micronaut.serde.annotation.Serdeable;
import io.pulzar.http.Times;
import io.pulzar.keys.KeyOperations.KeyPage;
import io.pulzar.keys.KeyOperations.PageQuestion;
import io.pulzar.polyglot.HostCallException;
import io.pulzar.python.ScriptRun;
import io.pulzar.python.ScriptService;
import io.pulzar.rights.Identity;
import io.pulzar.rights.Right;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code keys.page}: all keys of the cluster for a script, page by page. */
@Singleton
final class KeyPageService implements ScriptService {

  private final IndexAccess index;
  private final JsonMapper json;

  KeyPageService(IndexAccess index, JsonMapper json) {
    this.index = index;
    this.json = json;
  }

  @Override
  public String name() {
    return "keys.page";
  }

  @Override
  public String answer(ScriptRun run, String arguments) throws HostCallException, IOException {
    Asked asked = ScriptArguments.read(json, arguments, Asked.class);
    KeyPage page =
        index.ask(
            KeyOperations.PAGE, new PageQuestion(asked.prefix(), asked.after(), asked.limit()));
    Identity reader = run.rights().identity();
    List<Row> rows =
        page.keys().stream()
            .filter(listed -> reader.mayData(Right.READ_DATA, listed.key()))
            .map(Row::of)
            .toList();
    Answer answer = new Answer(rows, page.next());
    return json.writeValueAsString(answer);
  }

  @Serdeable
  record Asked(@Nullable String prefix, @Nullable String after, int limit) {}

  @Serdeable
  record Answer(List<Row> keys, @Nullable String next) {}

  /**
   * @param node host and port
   * @param date when the value was written
   */
  @Serdeable
  record Row(String key, String node, String date) {

    static Row of(KeyOperations.ListedKey listed) {
      return new Row(listed.key(), listed.node(), Times.utc(Instant.ofEpochMilli(listed.date())));
    }
  }
}
