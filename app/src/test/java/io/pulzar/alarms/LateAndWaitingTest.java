package io.pulzar.alarms;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import io.pulzar.SettableClock;
import io.pulzar.TestServer;
import io.pulzar.http.Times;
import io.pulzar.jobs.ScriptedPython;
import io.pulzar.polyglot.Outcome;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Schedules that do not succeed, and runs that wait, on a clock that the test moves. */
final class LateAndWaitingTest {

  private static final Pattern NUMBER = Pattern.compile("\"job_id\":(\\d+)");

  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-28T08:00:00Z"));
  private final ScriptedPython python = new ScriptedPython(1);
  private volatile boolean broken;
  @TempDir private Path directory;
  private TestReceiver receiver;
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    Files.createDirectories(directory.resolve("jobs/a"));
    for (String name : new String[] {"nightly", "long"}) {
      Files.writeString(directory.resolve("jobs/a/" + name + ".py"), "def execute(a): pass\n");
    }
    python.on(
        "a/nightly",
        (call, listener, canceled) ->
            broken ? new Outcome.Raised("ValueError", "on purpose", "") : ScriptedPython.OK);
    receiver = new TestReceiver();
    server = started();
    put("receivers/ops", "{\"webhook\": \"" + receiver.url("/") + "\"}");
  }

  private TestServer started() {
    return TestServer.in(directory)
        .python(() -> python)
        .clock(clock)
        .set("pulzar.jobs.dir", directory.resolve("jobs").toString())
        .set("pulzar.alarms.check", "20ms")
        .start();
  }

  @AfterEach
  void stop() {
    server.close();
    receiver.close();
  }

  @Test
  void aScheduleThatDoesNotSucceedIsLateOnceAndThenNotLateAnyMore() {
    broken = true;
    String id = schedule();
    put("rules/late", "{\"to\": [\"ops\"], \"on\": [\"recovery\"], \"late\": \"26h\"}");
    pass(Duration.ofHours(25));
    settle();
    assertThat(receiver.all).isEmpty();
    pass(Duration.ofHours(2));
    assertThat(receiver.awaitTaken("\"late\"").body())
        .contains("a/nightly is late: its schedule has not succeeded for 27h")
        .contains("\"schedule\":" + id, "\"job\":null", "\"rule\":\"late\"")
        .contains("/#/schedules/" + id);
    pass(Duration.ofHours(30));
    settle();
    assertThat(receiver.all).hasSize(1);
    broken = false;
    send("POST", "/admin/scheduled_jobs/" + id + "/run", "");
    assertThat(receiver.awaitTaken("\"recovery\"").body())
        .contains("a/nightly is not late any more", "\"of\":\"late\"");
    pass(Duration.ofHours(1));
    settle();
    assertThat(receiver.all).hasSize(2);
  }

  @Test
  void aScheduleThatSucceedsIsNotLateAndASuccessIsKnownAfterARestart() {
    String id = schedule();
    put("rules/late", "{\"to\": [\"ops\"], \"late\": \"26h\"}");
    for (int day = 0; day < 3; day++) {
      pass(Duration.ofHours(24));
      awaitRuns(id, day + 1);
    }
    server.close();
    server = started();
    pass(Duration.ofHours(1));
    settle();
    assertThat(receiver.all).isEmpty();
  }

  @Test
  void aPausedScheduleIsNotLateAndCountsFromWhenItIsResumed() {
    broken = true;
    String id = schedule();
    put("rules/late", "{\"to\": [\"ops\"], \"late\": \"30h\", \"on\": []}");
    send("POST", "/admin/scheduled_jobs/" + id + "/pause", "");
    settle();
    pass(Duration.ofHours(300));
    settle();
    send("POST", "/admin/scheduled_jobs/" + id + "/resume", "");
    settle();
    pass(Duration.ofHours(29));
    settle();
    assertThat(receiver.all).isEmpty();
    pass(Duration.ofHours(2));
    receiver.awaitTaken("has not succeeded for 31h");
  }

  @Test
  void whatIsCanceledIsNotLate() {
    String id = schedule();
    put("rules/late", "{\"to\": [\"ops\"], \"late\": \"2s\"}");
    send("POST", "/cancel_job/" + id, "");
    pass(Duration.ofHours(5));
    settle();
    assertThat(receiver.all).isEmpty();
  }

  @Test
  void runsThatWaitTooLongAreOneAlarmUntilNoneDoes() {
    CountDownLatch end = new CountDownLatch(1);
    python.on(
        "a/long",
        (call, listener, canceled) -> {
          end.await();
          return ScriptedPython.OK;
        });
    put("rules/queue", "{\"to\": [\"ops\"], \"waiting\": \"10m\", \"scripts\": \"a/*\"}");
    String running = launch("a/long");
    Await.until(
        "it runs",
        () -> send("GET", "/admin/jobs/" + running, "").body().contains("\"state\":\"running\""));
    String first = launch("a/nightly");
    launch("a/nightly");
    pass(Duration.ofMinutes(9));
    settle();
    assertThat(receiver.all).isEmpty();
    pass(Duration.ofMinutes(2));
    assertThat(receiver.awaitTaken("\"waiting\"").body())
        .contains("2 runs wait, one of a/nightly for 11m", "\"job\":" + first, "\"count\":2")
        .contains("\"state\":\"pending\"");
    pass(Duration.ofMinutes(20));
    settle();
    assertThat(receiver.all).hasSize(1);
    end.countDown();
    assertThat(receiver.awaitTaken("\"recovery\"").body())
        .contains("Runs do not wait too long any more", "\"of\":\"waiting\"");
    assertThat(receiver.all).hasSize(2);
  }

  private String schedule() {
    return id(
        send(
            "POST",
            "/launch_job/a/nightly",
            "{\"scheduled\": {\"interval\": \"hours\", \"time_unit\": 24}}"));
  }

  private String launch(String script) {
    return id(send("POST", "/launch_job/" + script, "{}"));
  }

  private static String id(HttpResponse<String> answer) {
    Matcher found = NUMBER.matcher(answer.body());
    assertThat(found.find()).as(answer.body()).isTrue();
    return found.group(1);
  }

  private void pass(Duration time) {
    clock.move(time);
  }

  /** Returns when whole looks at schedules and queue have come and gone since now. */
  private void settle() {
    for (int round = 0; round < 3; round++) {
      clock.move(Duration.ofSeconds(1));
      String now = Times.utc(clock.instant());
      Await.until("a round at " + now, () -> lastRound().equals(now));
    }
  }

  private String lastRound() {
    Matcher found =
        Pattern.compile("\"alarms\":\\{[^}]*\"last\":\"([^\"]*)\"")
            .matcher(send("GET", "/health", "").body());
    return found.find() ? found.group(1) : "";
  }

  private void awaitRuns(String id, int runs) {
    Await.until(
        runs + " runs",
        () -> {
          String body = send("GET", "/admin/scheduled_jobs/" + id, "").body();
          return body.split("\"state\":\"ok\"", -1).length > runs;
        });
  }

  private void put(String path, String body) {
    HttpResponse<String> answer = send("PUT", "/admin/alarms/" + path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  private HttpResponse<String> send(String method, String path, String body) {
    return server.send(method, server.master(path), body, "Content-Type", "application/json");
  }
}
