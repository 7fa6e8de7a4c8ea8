package io.pulzar.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.pulzar.Await;
import io.pulzar.TestServer;
import io.pulzar.jobs.ScriptedPython;
import io.pulzar.polyglot.Call;
import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.Outcome;
import io.pulzar.settings.BadSettingException;
import io.pulzar.tracing.OtlpReceiver.Received;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What a collector gets of runs. */
final class TracingTest {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String CALLER = "b7ad6b7169203331";

  private static final int MOST_CALLS = 3;
  private static final ScriptedPython PYTHON = new ScriptedPython(2);

  @TempDir private static Path directory;
  private static OtlpReceiver collector;
  private static TestServer server;

  @BeforeAll
  static void start() throws IOException {
    for (String name : List.of("fine", "fails", "asks", "asks_badly")) {
      Path folder = Files.createDirectories(directory.resolve("jobs/a"));
      Files.writeString(folder.resolve(name + ".py"), "def main(**more):\n    pass\n");
    }
    PYTHON.on(
        "a/fails",
        (call, listener, canceled) -> new Outcome.Raised("ValueError", "on purpose", "at 3"));
    PYTHON.on(
        "a/asks",
        (call, listener, canceled) -> {
          for (int number = 0; number < MOST_CALLS; number++) {
            asks(call, "keys.page", "{\"limit\": 1}");
          }
          asks(call, "no.such", "{}");
          return ScriptedPython.OK;
        });
    PYTHON.on(
        "a/asks_badly",
        (call, listener, canceled) -> {
          asks(call, "no.such", "{}");
          asks(call, "Hunter22" + "!".repeat(1_000), "{}");
          asks(call, "keys.value", "{\"key\": \"hunter22 \\u0000\"}");
          return new Outcome.Raised("ValueError", "on purpose", "at 3");
        });
    collector = new OtlpReceiver();
    server =
        TestServer.in(directory)
            .set("pulzar.tracing.endpoint", collector.endpoint())
            .set("pulzar.tracing.headers", "Authorization=Bearer abc, X-Other=1")
            .set("pulzar.tracing.service", "tested")
            .set("pulzar.tracing.calls", "" + MOST_CALLS)
            .python(() -> PYTHON)
            .start();
  }

  @AfterAll
  static void stop() {
    server.close();
    collector.close();
  }

  private static void asks(Call call, String name, String arguments) {
    try {
      String answer = call.host().call(name, arguments, directory);
      assertThat(answer).isNotEmpty();
    } catch (HostCallException refused) {
      assertThat(name).isNotEqualTo("keys.page");
    }
  }

  private static HttpResponse<String> launch(String script, String... headers) {
    return server.send("POST", server.master("/launch_job/" + script + "?wait=30s"), "{}", headers);
  }

  private static Received only(String trace, String name) {
    Await.until(
        name + " is there",
        () -> collector.named(name).stream().anyMatch(span -> span.trace().equals(trace)));
    return collector.named(name).stream()
        .filter(span -> span.trace().equals(trace))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aRunIsAPartOfItsCallersTraceFromTheRequestToTheScript() {
    HttpResponse<String> answer =
        launch("a/fine", "traceparent", "00-" + TRACE + "-" + CALLER + "-01");
    assertThat(answer.body()).contains("\"trace_id\":\"" + TRACE + "\"");
    Received request = only(TRACE, "POST /launch_job");
    Received queue = only(TRACE, "queue");
    Received run = only(TRACE, "run");
    assertThat(request.parent()).isEqualTo(CALLER);
    assertThat(queue.parent()).isEqualTo(request.id());
    assertThat(run.parent()).isEqualTo(request.id());
    assertThat(request.attributes())
        .containsEntry("http.response.status_code", "200")
        .containsEntry("url.path", "/launch_job/a/fine");
    assertThat(run.attributes())
        .containsEntry("pulzar.script", "a/fine")
        .containsEntry("pulzar.job.state", "completed")
        .containsKeys("pulzar.job.id", "pulzar.node", "pulzar.attempt");
    assertThat(queue.from()).isLessThanOrEqualTo(queue.to());
    assertThat(queue.to()).isEqualTo(run.from());
    assertThat(run.from()).isLessThanOrEqualTo(run.to());
    assertThat(run.service()).isEqualTo("tested");
    assertThat(collector.authorizations).contains("Bearer abc");
  }

  @Test
  void whatAScriptAsksOfItsServerIsBelowItsRunUpToALimit() {
    String trace = "5bf92f3577b34da6a3ce929d0e0e4736";
    launch("a/asks", "traceparent", "00-" + trace + "-" + CALLER + "-01");
    Received run = only(trace, "run");
    assertThat(run.attributes()).containsEntry("pulzar.calls", "" + (MOST_CALLS + 1));
    Received call = only(trace, "keys.page");
    assertThat(call.parent()).isEqualTo(run.id());
    assertThat(call.from()).isGreaterThanOrEqualTo(run.from());
    assertThat(call.to()).isBetween(call.from(), run.to());
    assertThat(call.status()).isNotEqualTo(2);
    Await.until(
        "as many as are told are there",
        () ->
            collector.spans.stream().filter(span -> span.parent().equals(run.id())).count()
                == MOST_CALLS);
  }

  @Test
  void aRefusalIsAnErrorOfTheCallsSpan() {
    String trace = "6bf92f3577b34da6a3ce929d0e0e4736";
    launch("a/asks_badly", "traceparent", "00-" + trace + "-" + CALLER + "-01");
    Received refused = only(trace, "no.such");
    assertThat(refused.parent()).isEqualTo(only(trace, "run").id());
    assertThat(refused.status()).isEqualTo(2);
  }

  @Test
  void aCallsSpanHasNoTextOfTheScript() {
    String trace = "7bf92f3577b34da6a3ce929d0e0e4736";
    launch("a/asks_badly", "traceparent", "00-" + trace + "-" + CALLER + "-01");
    assertThat(only(trace, "other").status()).isEqualTo(2);
    assertThat(only(trace, "keys.value").status()).isEqualTo(2);
    assertThat(collector.bodies).isNotEmpty().noneMatch(body -> body.matches("(?is).*hunter22.*"));
  }

  @Test
  void withoutACallersTraceARequestBeginsOne() {
    String body = launch("a/fails").body();
    String trace = body.replaceAll("(?s).*\"trace_id\":\"([0-9a-f]{32})\".*", "$1");
    assertThat(trace).hasSize(32);
    assertThat(only(trace, "POST /launch_job").parent()).isEmpty();
    Received run = only(trace, "run");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.attributes()).containsEntry("pulzar.job.state", "failed");
  }

  @Test
  void aRunOfAScheduleHasATraceOfItsOwn() {
    server.send(
        "POST",
        server.master("/launch_job/a/fine"),
        "{\"scheduled\": {\"cron\": \"* * * * * *\", \"max_runs\": 1}}");
    Await.until(
        "its run is there",
        () ->
            collector.named("run").stream()
                .anyMatch(
                    run ->
                        collector.named("job").stream()
                            .anyMatch(
                                job ->
                                    job.trace().equals(run.trace())
                                        && job.id().equals(run.parent()))));
  }

  @Test
  void aTraceThatIsNotSampledStaysThat() {
    String quiet = "4bf92f3577b34da6a3ce929d0e0e4736";
    launch("a/fine", "traceparent", "00-" + quiet + "-" + CALLER + "-00");
    launch("a/fine", "traceparent", "00-" + TRACE + "-" + CALLER + "-01");
    only(TRACE, "run");
    assertThat(collector.spans).noneMatch(span -> span.trace().equals(quiet));
  }

  @Test
  void aTraceparentThatIsNoneBeginsATrace() {
    for (String wrong : List.of("", "nonsense", "00-0-0-01", "00-" + "0".repeat(32) + "-x-01")) {
      assertThat(launch("a/fine", "traceparent", wrong).body())
          .containsPattern("\"trace_id\":\"[0-9a-f]{32}\"");
    }
  }

  @Test
  void aCollectorThatIsAwayIsNamedInThisServersLog() throws IOException {
    String away;
    try (OtlpReceiver gone = new OtlpReceiver()) {
      away = gone.endpoint();
    }
    Queue<String> lines = new ConcurrentLinkedQueue<>();
    AppenderBase<ILoggingEvent> appender =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent line) {
            lines.add(line.getFormattedMessage());
          }
        };
    appender.start();
    Logger log = (Logger) LoggerFactory.getLogger(OtlpTracing.class);
    log.addAppender(appender);
    try (OtlpTracing tracing = new OtlpTracing(away, Map.of(), "x")) {
      Tracing.Begun begun =
          tracing.begin("lost", Tracing.Origin.OWN, Optional.empty()).orElseThrow();
      begun.end(Map.of(), false);
      // The exporter tries several times before it says so.
      Await.until("it is told", () -> lines.stream().anyMatch(line -> line.contains("export")));
    } finally {
      log.detachAppender(appender);
    }
  }

  @Test
  void anEndpointThatIsNoneIsRefused() {
    for (String wrong : List.of("collector:4318", "ftp://collector", "http://", "a b")) {
      assertThatThrownBy(() -> new OtlpTracing(wrong, Map.of(), "x"))
          .isInstanceOf(BadSettingException.class)
          .hasMessageContaining("pulzar.tracing.endpoint");
    }
  }
}
