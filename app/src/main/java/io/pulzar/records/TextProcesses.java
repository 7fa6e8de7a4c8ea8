package io.pulzar.records;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.micronaut.serde.annotation.Serdeable;
import io.pulzar.http.ApiException;
import io.pulzar.polyglot.Call;
import io.pulzar.polyglot.Finished;
import io.pulzar.polyglot.Isolation;
import io.pulzar.polyglot.Limits;
import io.pulzar.polyglot.Outcome;
import io.pulzar.polyglot.PythonRuntime;
import io.pulzar.polyglot.RunListener;
import io.pulzar.polyglot.RuntimeFullException;
import io.pulzar.polyglot.Script;
import io.pulzar.python.ScriptRun.Purpose;
import io.pulzar.python.ScriptServices;
import io.pulzar.settings.DurationText;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Sends new texts through the processes, one after the other.
 *
 * <p>A process has one call under way at a time; what comes meanwhile goes with the next one
 * together. So one text waits for no other, and many cost little more than one.
 */
final class TextProcesses {

  private static final int MOST_TOGETHER = 64;

  /** In which a worker that has not run the process yet loads it. */
  private static final Duration LOADING = Duration.ofSeconds(5);

  private static final Duration WHEN_FULL = Duration.ofSeconds(1);
  private static final Argument<List<Passed>> ANSWER = Argument.listOf(Passed.class);

  private final ProcessFiles files;
  private final PythonRuntime python;
  private final Supplier<ScriptServices> services;
  private final Languages languages;
  private final JsonMapper json;
  private final Limits limits;
  private final Map<String, Line> lines = new HashMap<>();

  /**
   * A chain that nothing has gone through yet.
   *
   * @param services what processes may ask; some of them need texts and so this chain
   */
  TextProcesses(
      ProcessFiles files,
      PythonRuntime python,
      Supplier<ScriptServices> services,
      Languages languages,
      JsonMapper json,
      Limits limits) {
    this.files = files;
    this.python = python;
    this.services = services;
    this.languages = languages;
    this.json = json;
    this.limits = limits;
  }

  /** What a process made of one record. */
  @Serdeable
  record Passed(@Nullable Map<String, Object> record, @Nullable Failure error) {}

  /** What it raised. */
  @Serdeable
  record Failure(String type, String message, String traceback) {}

  /**
   * The record after all processes.
   *
   * @return exceptionally an {@link ApiException} 422 {@code process_failed} that names the process
   */
  CompletionStage<TextRecord> process(TextRecord text) {
    List<Script> chain = files.inOrder();
    if (chain.isEmpty()) {
      return CompletableFuture.completedStage(text);
    }
    CompletionStage<Map<String, Object>> fields =
        languages.ready().thenApply(ready -> text.asFields());
    for (Script script : chain) {
      fields = fields.thenCompose(record -> line(script).pass(record));
    }
    String last = chain.getLast().name();
    return fields.thenApply(
        record -> {
          try {
            return text.processed(record);
          } catch (IllegalArgumentException e) {
            throw failed(last, String.valueOf(e.getMessage()), null);
          }
        });
  }

  private synchronized Line line(Script script) {
    return lines.computeIfAbsent(script.name(), name -> new Line(script));
  }

  private static ApiException failed(String process, String message, @Nullable Failure failure) {
    Map<String, Object> data = new HashMap<>();
    if (failure != null) {
      data.put("error", failure.type());
      data.put("traceback", failure.traceback());
    }
    return ApiException.unprocessable(
        "process_failed", "the process " + process + " failed: " + message, data);
  }

  private record Waiting(
      Map<String, Object> record, CompletableFuture<Map<String, Object>> passed) {}

  /** Those that wait for one process. */
  private final class Line {

    private final Script script;
    private final List<Waiting> waiting = new ArrayList<>();
    private boolean running;

    Line(Script script) {
      this.script = script;
    }

    CompletionStage<Map<String, Object>> pass(Map<String, Object> record) {
      Waiting mine = new Waiting(record, new CompletableFuture<>());
      List<Waiting> group;
      synchronized (this) {
        waiting.add(mine);
        group = next();
      }
      run(group);
      return mine.passed();
    }

    /** Holds the line's lock. */
    private List<Waiting> next() {
      if (running || waiting.isEmpty()) {
        return List.of();
      }
      List<Waiting> first = waiting.subList(0, Math.min(MOST_TOGETHER, waiting.size()));
      List<Waiting> group = List.copyOf(first);
      first.clear();
      running = true;
      return group;
    }

    private void run(List<Waiting> group) {
      if (group.isEmpty()) {
        return;
      }
      try {
        var _ =
            start(group)
                .whenComplete(
                    (finished, failure) -> {
                      try {
                        answer(group, finished, failure);
                      } finally {
                        goOn();
                      }
                    });
      } catch (RuntimeFullException e) {
        failAll(
            group,
            ApiException.unavailable("pool_full", String.valueOf(e.getMessage()), WHEN_FULL));
        goOn();
      } catch (IOException | RuntimeException e) {
        failAll(group, e);
        goOn();
      }
    }

    private void goOn() {
      List<Waiting> group;
      synchronized (this) {
        running = false;
        group = next();
      }
      run(group);
    }

    private CompletionStage<Finished> start(List<Waiting> group)
        throws RuntimeFullException, IOException {
      String records = PythonJson.write(group.stream().map(Waiting::record).toList());
      Limits all =
          new Limits(
              limits.timeout().multipliedBy(group.size()).plus(LOADING),
              limits.memoryBytes(),
              limits.outputBytes(),
              limits.network());
      Call call =
          new Call(
              "process " + script.name(),
              script,
              records,
              Optional.empty(),
              Isolation.WARM,
              all,
              services.get().forRun(Purpose.PROCESS, ""));
      return python.start(call, new Printed(script.name())).finished();
    }

    private void answer(
        List<Waiting> group, @Nullable Finished finished, @Nullable Throwable failure) {
      if (finished == null) {
        failAll(group, failure == null ? new IllegalStateException("no outcome") : failure);
        return;
      }
      switch (finished.outcome()) {
        case Outcome.Completed(String value) -> complete(group, value);
        case Outcome.Raised(String type, String message, String traceback) ->
            failAll(
                group,
                failed(
                    script.name(),
                    message.isEmpty() ? type : message,
                    new Failure(type, message, traceback)));
        case Outcome.TimedOut(Duration limit) ->
            failAll(
                group,
                failed(
                    script.name(),
                    "it took longer than "
                        + DurationText.format(limits.timeout())
                        + ": make it faster, or raise "
                        + RecordSettings.PROCESS_TIMEOUT,
                    null));
        case Outcome.OutOfMemory(long limit) ->
            failAll(
                group,
                failed(
                    script.name(),
                    "it needed too much memory: raise " + RecordSettings.PROCESS_MEMORY,
                    null));
        case Outcome.OutputLimit(long limit) ->
            failAll(group, failed(script.name(), "it printed too much", null));
        case Outcome.Crashed(String reason) -> failAll(group, failed(script.name(), reason, null));
        case Outcome.Canceled() ->
            failAll(
                group,
                ApiException.unavailable(
                    "stopping", "the server is stopping; send the request again", WHEN_FULL));
      }
    }

    private void complete(List<Waiting> group, String value) {
      try {
        List<Passed> answers = json.readValue(value, ANSWER);
        if (answers == null || answers.size() != group.size()) {
          throw new IOException("another number of records came back");
        }
        for (int at = 0; at < group.size(); at++) {
          settle(group.get(at), answers.get(at));
        }
      } catch (IOException e) {
        failAll(group, failed(script.name(), "it left no JSON records", null));
      }
    }

    private void settle(Waiting waiting, Passed answer) {
      Failure failure = answer.error();
      Map<String, Object> record = answer.record();
      if (record != null && failure == null) {
        waiting.passed().complete(record);
        return;
      }
      String message =
          failure == null
              ? "it left no record"
              : failure.message().isEmpty() ? failure.type() : failure.message();
      waiting.passed().completeExceptionally(failed(script.name(), message, failure));
    }

    private static void failAll(List<Waiting> group, Throwable failure) {
      group.forEach(waiting -> waiting.passed().completeExceptionally(failure));
    }
  }

  /** What a process prints goes to the server's log, under its name. */
  private record Printed(String process) implements RunListener {

    @Override
    public void log(String lines) {
      org.slf4j.Logger log = LoggerFactory.getLogger("process." + process);
      if (log.isInfoEnabled()) {
        lines.lines().forEach(log::info);
      }
    }
  }
}
