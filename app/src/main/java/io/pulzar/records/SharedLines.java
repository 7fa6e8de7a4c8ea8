package io.pulzar.records;

import io.pulzar.http.TextStream;
import io.pulzar.records.RecordOperations.Page;
import io.pulzar.records.RecordOperations.PageQuestion;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All shared values, one JSON object a line, a page at a time. */
final class SharedLines implements TextStream.Source {

  private static final int PAGE = 500;

  private final Records records;
  private final String prefix;
  private @Nullable String after;
  private boolean over;

  SharedLines(Records records, String prefix) {
    this.records = records;
    this.prefix = prefix;
  }

  @Override
  public CompletionStage<Optional<String>> next() {
    if (over) {
      return CompletableFuture.completedStage(Optional.empty());
    }
    return records
        .page(new PageQuestion(Kind.SHARED, prefix, after, PAGE, true, ChangeLimits.BYTES))
        .thenApply(this::lines);
  }

  private Optional<String> lines(Page page) {
    over = !page.more();
    if (page.rows().isEmpty()) {
      return Optional.empty();
    }
    after = page.rows().getLast().name();
    return Optional.of(page.rows().stream().map(SharedLines::line).collect(Collectors.joining()));
  }

  private static String line(Row row) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", row.name());
    fields.put("value", row.record().body());
    return PythonJson.write(fields) + "\n";
  }
}
