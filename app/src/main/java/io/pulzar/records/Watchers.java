package io.pulzar.records;

import io.pulzar.http.ApiException;
import io.pulzar.http.TextStream;
import io.pulzar.settings.Settings;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Those who watch texts for changes. Each has its own place in the log and is sent what is after it
 * when it is ready for more; so a slow one costs no memory, and sees a record that changed several
 * times meanwhile once, as it is.
 */
@Singleton
final class Watchers {

  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(15);

  private final int most;
  private final AtomicInteger open = new AtomicInteger();

  Watchers(Settings settings) {
    this.most = settings.get(RecordSettings.WATCHERS);
  }

  int open() {
    return open.get();
  }

  /**
   * Refuses one more before its answer begins.
   *
   * @throws ApiException 503 when there are too many
   */
  void requireRoom() {
    if (open.get() >= most) {
      throw full();
    }
  }

  private ApiException full() {
    return ApiException.unavailable(
        "too_many_watchers",
        most + " clients watch already; try later, or raise " + RecordSettings.WATCHERS,
        Duration.ofSeconds(5));
  }

  /**
   * One more, until it is closed.
   *
   * @throws ApiException 503 when there are too many
   */
  Watch watch(Records records, String prefix, long after) {
    if (open.incrementAndGet() > most) {
      open.decrementAndGet();
      throw full();
    }
    return new Watch(records, prefix, after, open::decrementAndGet);
  }

  /** One that is bounded by something else. */
  static Watch unbounded(Records records, String prefix, long after) {
    return new Watch(records, prefix, after, () -> {});
  }

  /** One of them. */
  static final class Watch implements TextStream.Source {

    private final Records records;
    private final String prefix;
    private final Runnable end;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile long position;

    private Watch(Records records, String prefix, long after, Runnable end) {
      this.end = end;
      this.records = records;
      this.prefix = prefix;
      this.position = after;
    }

    /** Where to go on later. */
    long position() {
      return position;
    }

    /** The next changes; an empty list when there was none of these texts, or none for so long. */
    CompletionStage<List<Map<String, Object>>> changes(Duration patience) {
      return records.beyond(position, patience).thenApply(this::changesUpTo);
    }

    private List<Map<String, Object>> changesUpTo(long reached) {
      if (reached <= position) {
        return List.of();
      }
      ChangeBatch batch = records.changes(position);
      boolean whole = last(batch) >= batch.revision();
      position = whole || batch.rows().isEmpty() ? Math.max(reached, last(batch)) : last(batch);
      return batch.rows().stream()
          .filter(row -> row.kind() == Kind.TEXT && row.name().startsWith(prefix))
          .map(Watch::change)
          .toList();
    }

    private long last(ChangeBatch batch) {
      return batch.rows().isEmpty() ? position : batch.rows().getLast().revision();
    }

    private static Map<String, Object> change(Row row) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("uid", row.name());
      fields.put("revision", row.revision());
      fields.put("version", row.record().version().toString());
      fields.put("deleted", row.record().deleted());
      if (!row.record().deleted()) {
        fields.put("record", new PythonJson.Literal(row.record().body()));
      }
      return fields;
    }

    @Override
    public CompletionStage<Optional<String>> next() {
      return changes(SIGN_OF_LIFE)
          .thenApply(
              changes -> {
                if (changes.isEmpty()) {
                  return Optional.of(": nothing new\n\n");
                }
                StringBuilder events = new StringBuilder();
                changes.forEach(
                    change ->
                        events
                            .append("id: ")
                            .append(change.get("revision"))
                            .append("\nevent: change\ndata: ")
                            .append(PythonJson.write(change))
                            .append("\n\n"));
                return Optional.of(events.toString());
              });
    }

    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        end.run();
      }
    }
  }
}
