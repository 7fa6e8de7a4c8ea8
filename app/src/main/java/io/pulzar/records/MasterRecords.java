package io.pulzar.records;

import static io.pulzar.records.WriteAnswer.Outcome.DELETED;

import io.micronaut.json.JsonMapper;
import io.pulzar.http.ApiException;
import io.pulzar.records.AcceptedWrite.Draft;
import io.pulzar.records.RecordOperations.CacheQuestion;
import io.pulzar.records.RecordOperations.Page;
import io.pulzar.records.RecordOperations.PageQuestion;
import io.pulzar.records.RecordOperations.Remembered;
import io.pulzar.records.RecordOperations.WriteOrder;
import io.pulzar.records.WriteAnswer.Outcome;
import io.pulzar.settings.SizeText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Records at the master, which accepts all writes of the cluster. */
final class MasterRecords implements Records {

  private static final int MOST_LOSERS = 1_000;

  private final RecordStore store;
  private final RecordSignals signals;
  private final TextProcesses processes;
  private final Elsewhere elsewhere;
  private final Front front;
  private final JsonMapper json;
  private final Clock clock;
  private final RecordLimits limits;

  MasterRecords(
      RecordStore store,
      RecordSignals signals,
      TextProcesses processes,
      Elsewhere elsewhere,
      Front front,
      JsonMapper json,
      Clock clock,
      RecordLimits limits) {
    this.store = store;
    this.signals = signals;
    this.processes = processes;
    this.elsewhere = elsewhere;
    this.front = front;
    this.json = json;
    this.clock = clock;
    this.limits = limits;
  }

  @Override
  public CompletionStage<Optional<Row>> find(RecordKey key, long atLeast) {
    if (atLeast > store.revision()) {
      throw Refusals.behind(atLeast, store.revision());
    }
    Optional<Row> here = store.find(key);
    return here.isPresent() || key.kind() != Kind.TEXT || !elsewhere.isSomewhere()
        ? CompletableFuture.completedStage(here)
        : elsewhere.find(key.name());
  }

  @Override
  public CompletionStage<Optional<Row>> findHere(RecordKey key) {
    return CompletableFuture.completedStage(store.find(key));
  }

  @Override
  public CompletionStage<Remembered> findCached(CacheQuestion question) {
    Optional<Row> here = store.find(new RecordKey(Kind.TEXT, question.uid()));
    return here.isPresent() || !elsewhere.isSomewhere()
        ? CompletableFuture.completedStage(new Remembered(here.orElse(null), "local", 0))
        : front.find(question);
  }

  @Override
  public CompletionStage<WriteAnswer> writeThrough(WriteOrder order) {
    limits.check(order);
    if (!elsewhere.isSomewhere()) {
      throw Elsewhere.unsure();
    }
    if (order.condition().version() != null) {
      throw ApiException.badRequest(
          "bad_condition",
          "If-Match needs the server that has the text: ask that one, or leave ?cache out");
    }
    return order.text() == null
        ? write(order.askedHere())
            .thenCombine(
                front.write(order), (here, there) -> here.outcome() == DELETED ? here : there)
        : front.write(order);
  }

  @Override
  public CompletionStage<WriteAnswer> write(WriteOrder order) {
    limits.check(order);
    String text = order.text();
    if (text == null) {
      return delete(order);
    }
    if (order.finished()) {
      return store(order, new Draft(finished(order, text), "", expiry(order)));
    }
    if (order.kind() == Kind.SHARED) {
      return store(order, new Draft(text, "", expiry(order)));
    }
    return writeText(order, text);
  }

  private CompletionStage<WriteAnswer> delete(WriteOrder order) {
    return store
        .write(new AcceptedWrite(order.key(), order.condition(), Optional.empty(), !order.local()))
        .thenCompose(
            answer ->
                answer.outcome() == Outcome.MISSING
                        && order.kind() == Kind.TEXT
                        && !order.local()
                        && !order.finished()
                        && elsewhere.isSomewhere()
                    ? elsewhere
                        .delete(order.name())
                        .thenApply(
                            found ->
                                new WriteAnswer(found ? Outcome.DELETED : Outcome.MISSING, null))
                    : CompletableFuture.completedStage(answer));
  }

  /** What would be refused anyway costs no process. */
  private CompletionStage<WriteAnswer> writeText(WriteOrder order, String text) {
    Optional<Row> live = store.find(order.key());
    Optional<Outcome> refusal = order.condition().check(live);
    if (refusal.isPresent()) {
      return CompletableFuture.completedStage(new WriteAnswer(refusal.get(), live.orElse(null)));
    }
    Draft asSent = new Draft("", digest(text), expiry(order));
    AcceptedWrite repeated =
        new AcceptedWrite(order.key(), order.condition(), Optional.of(asSent), true);
    if (live.filter(row -> repeated.repeats(row.record())).isPresent()) {
      return CompletableFuture.completedStage(new WriteAnswer(Outcome.UNCHANGED, live.get()));
    }
    return processes
        .process(TextRecord.of(order.name(), text, clock.instant()))
        .thenCompose(
            record -> {
              String body = record.toJson();
              limits.checkRecord(body);
              return store(order, new Draft(body, asSent.digest(), asSent.expires()));
            });
  }

  private CompletionStage<WriteAnswer> store(WriteOrder order, Draft draft) {
    return store.write(
        new AcceptedWrite(order.key(), order.condition(), Optional.of(draft), !order.local()));
  }

  private String finished(WriteOrder order, String text) {
    TextRecord record;
    try {
      record = TextRecord.parse(json, text);
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest(
          "not_a_record", "the value is not a record as JSON: " + e.getMessage());
    }
    if (!record.uid().equals(order.name())) {
      throw ApiException.badRequest(
          "uid_mismatch",
          "the record's uid is " + record.uid() + ", and the path says " + order.name());
    }
    return record.toJson();
  }

  private long expiry(WriteOrder order) {
    return order.ttl() == 0 ? 0 : clock.millis() + order.ttl();
  }

  private static String digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  @Override
  public CompletionStage<Page> page(PageQuestion question) {
    return CompletableFuture.completedStage(
        store.read(state -> RecordPages.page(state, question, clock.instant())));
  }

  @Override
  public CompletionStage<List<StoredRecord>> losers(RecordKey key) {
    return CompletableFuture.completedStage(
        store.read(state -> Losers.of(state, key, MOST_LOSERS)));
  }

  @Override
  public ChangeBatch changes(long after) {
    return store.changes(after);
  }

  @Override
  public CompletionStage<Long> beyond(long after, Duration patience) {
    return signals.beyond(after, patience);
  }

  @Override
  public boolean remembers(long revision) {
    return revision >= store.read(Rows::floor) && revision <= store.revision();
  }

  /** Whether what is not here is looked for elsewhere. */
  boolean hasServers() {
    return elsewhere.isSomewhere();
  }

  @Override
  public Lag lag() {
    return new Lag(store.revision(), 0, 0);
  }

  /**
   * How large things may be.
   *
   * @param value bytes of a text or value
   * @param record bytes of a text record with all fields
   */
  record RecordLimits(long value, long record) {

    void check(WriteOrder order) {
      String text = order.text();
      long most = order.finished() ? record : value;
      if (text != null && (text.length() > most || lengthOf(text) > most)) {
        throw tooLarge(
            order.finished() ? RecordSettings.MAX_RECORD.name() : RecordSettings.MAX_VALUE.name(),
            most);
      }
    }

    void checkRecord(String body) {
      if (body.length() > record) {
        throw tooLarge(RecordSettings.MAX_RECORD.name(), record);
      }
    }

    private static int lengthOf(String text) {
      return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static ApiException tooLarge(String setting, long most) {
      return ApiException.tooLarge(
          "value_too_large",
          "at most " + SizeText.format(most) + " are stored; send less, or raise " + setting);
    }
  }
}
