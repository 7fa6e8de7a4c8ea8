package io.pulzar.keys;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.micronaut.serde.annotation.Serdeable;
import io.pulzar.keys.KeyOperations.FoundKey;
import io.pulzar.keys.KeyOperations.SearchQuestion;
import io.pulzar.polyglot.HostCallException;
import io.pulzar.python.ScriptRun;
import io.pulzar.python.ScriptService;
import io.pulzar.rights.Identity;
import io.pulzar.rights.Right;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code search}: the keys that contain a text, for the search extension and any other script. */
@Singleton
final class SearchService implements ScriptService {

  private final IndexAccess index;
  private final JsonMapper json;

  SearchService(IndexAccess index, JsonMapper json) {
    this.index = index;
    this.json = json;
  }

  @Override
  public String name() {
    return "search";
  }

  @Override
  public String answer(ScriptRun run, String arguments) throws HostCallException, IOException {
    Asked asked = ScriptArguments.read(json, arguments, Asked.class);
    List<FoundKey> found =
        index
            .ask(
                KeyOperations.SEARCH,
                new SearchQuestion(
                    asked.text(),
                    asked.eq(),
                    asked.lt(),
                    asked.gt(),
                    asked.limit() == null ? 0 : asked.limit()))
            .found();
    Identity reader = run.rights().identity();
    List<FoundKey> readable =
        found.stream().filter(row -> reader.mayData(Right.READ_DATA, row.key())).toList();
    return new String(
        json.writeValueAsBytes(Argument.listOf(FoundKey.class), readable), StandardCharsets.UTF_8);
  }

  @Serdeable
  record Asked(
      String text,
      @Nullable String eq,
      @Nullable String lt,
      @Nullable String gt,
      @Nullable Integer limit) {}
}
