package io.pulzar.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.TestServer;
import io.pulzar.jobs.PlayedJobs;
import io.pulzar.jobs.ScriptedPython;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server with many schedules of every second is killed in the middle of firing them, again and
 * again; at the end its disk must tell of one run for each due time. More kills: {@code
 * -Dpulzar.kills=300}.
 */
final class KilledDueRunnerIT {

  private static final int KILLS = Integer.getInteger("pulzar.kills", 6);
  private static final int SCHEDULES = 60;

  @TempDir private Path directory;
  private final Random random = new Random();

  @Test
  void everyDueTimeHasOneRunWhateverMomentTheServerIsKilledAt()
      throws IOException, InterruptedException {
    Files.createDirectories(directory.resolve("jobs"));
    Files.writeString(directory.resolve("jobs/one.py"), "class One:\n    pass\n");
    for (int kill = 0; kill < KILLS; kill++) {
      Process process = new ProcessBuilder(child()).redirectErrorStream(true).start();
      URI master = awaitReady(process);
      if (kill == 0) {
        schedule(master);
      }
      // After a whole second, when all of them are due; or at once, while it catches up.
      long intoSecond = TimeUnit.MILLISECONDS.toNanos(random.nextInt(250));
      long untilSecond = TimeUnit.MILLISECONDS.toNanos(1_000 - System.currentTimeMillis() % 1_000);
      LockSupport.parkNanos(random.nextInt(3) == 0 ? intoSecond : untilSecond + intoSecond);
      boolean _ = process.toHandle().destroyForcibly();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
    check();
  }

  private void check() {
    try (PlayedJobs jobs =
        new PlayedJobs(
            directory.resolve("home/master"),
            Clock.systemUTC(),
            1,
            new ScheduleTables().tables(),
            key -> Optional.empty())) {
      ScheduleStore store =
          new ScheduleStore(jobs.runs(), jobs.requests(), DueRunnerFixture.settings());
      List<Schedule> schedules = store.newest(SCHEDULES + 1, schedule -> schedule);
      assertThat(schedules).hasSize(SCHEDULES);
      Map<Long, Integer> jobsOf = new TreeMap<>();
      jobs.schedules().forEach(id -> jobsOf.merge(id, 1, Integer::sum));
      long runs = 0;
      for (Schedule schedule : schedules) {
        check(schedule, store.runs(schedule.id()));
        assertThat(jobsOf.getOrDefault(schedule.id(), 0)).isEqualTo((int) schedule.counts().runs());
        runs += schedule.counts().runs();
      }
      System.out.println(KILLS + " kills, " + runs + " runs of " + SCHEDULES + " schedules");
    }
  }

  private static void check(Schedule schedule, List<ScheduledRun> newestFirst) {
    List<ScheduledRun> runs = newestFirst.reversed();
    Schedule.Counts counts = schedule.counts();
    assertThat(runs).hasSize((int) counts.runs());
    assertThat(runs).extracting(ScheduledRun::due).isSorted().doesNotHaveDuplicates();
    assertThat(runs).extracting(ScheduledRun::job).doesNotHaveDuplicates();
    assertThat(runs.stream().filter(run -> run.end().isEmpty()).count())
        .isEqualTo(schedule.active());
    Instant first =
        new DueTimes(0, schedule.timing(), schedule.policy())
            .after(schedule.created())
            .orElseThrow()
            .nominal();
    long passed = Duration.between(first, schedule.next().orElseThrow().nominal()).toSeconds();
    assertThat(counts.runs() + counts.missed() + counts.overlapped() + schedule.waiting().size())
        .as("what became of each due time of %s", schedule)
        .isEqualTo(passed);
    if (schedule.policy().misfire() == Misfire.ALL
        && schedule.policy().overlap() == Overlap.ALLOW) {
      assertThat(counts.runs()).as("nothing is left out").isEqualTo(passed);
    }
  }

  private static void schedule(URI master) throws IOException, InterruptedException {
    String[] policies = {"all allow", "once queue_one", "skip allow", "all queue_one"};
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (int n = 0; n < SCHEDULES; n++) {
        String[] policy = policies[n % policies.length].split(" ", -1);
        HttpRequest request =
            HttpRequest.newBuilder(master.resolve("/launch_job/one"))
                .POST(HttpRequest.BodyPublishers.ofString(everySecond(policy[0], policy[1])))
                .build();
        assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
            .isEqualTo(200);
      }
    }
  }

  private static String everySecond(String misfire, String overlap) {
    return "{\"scheduled\": {\"cron\": \"* * * * * *\", \"misfire\": \"%s\", \"overlap\": \"%s\"}}"
        .formatted(misfire, overlap);
  }

  private static URI awaitReady(Process process) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    List<String> log = new ArrayList<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("ready ")) {
        Thread.ofVirtual().start(() -> lines.lines().forEach(ignored -> {}));
        return URI.create(line.substring("ready ".length()));
      }
      log.add(line);
    }
    throw new AssertionError("the server ended: " + log);
  }

  private List<String> child() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Server.class.getName(),
            directory.toString()));
    return command;
  }

  /** The other process: a whole server but for its Python workers, which are played. */
  static final class Server {

    private Server() {}

    public static void main(String[] arguments) {
      Path directory = Path.of(arguments[0]);
      TestServer server =
          TestServer.in(directory)
              .python(() -> new ScriptedPython(4))
              .set("pulzar.jobs.dir", directory.resolve("jobs").toString())
              .set("pulzar.jobs.queue", "1000000")
              .set("pulzar.jobs.history", "10000000")
              .set("pulzar.jobs.losses", "1000")
              .set("pulzar.schedules.runs", "100000")
              .start();
      System.out.println("ready " + server.master("/"));
    }
  }
}
