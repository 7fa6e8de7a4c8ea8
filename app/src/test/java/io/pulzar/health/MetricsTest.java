package io.pulzar.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.pulzar.TestServer;
import io.pulzar.jobs.ScriptedPython;
import io.pulzar.roles.Role;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MetricsTest {

  private static final Pattern SAMPLE =
      Pattern.compile("(?<name>[a-z_]+)(?:\\{(?<labels>.*)})? \\S+");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern METRIC_IN_QUERY =
      Pattern.compile("\\b(?:pulzar|jvm|process|system|http)_[a-z_]+");

  /** What dashboards and alerts are made of: each is there for good. */
  private static final Set<String> OF_ALARMS =
      Set.of(
          "counter pulzar_alarms_attempts_total{outcome=failed}",
          "counter pulzar_alarms_attempts_total{outcome=sent}",
          "counter pulzar_alarms_given_up_total",
          "gauge pulzar_alarms_waiting");

  private static final Set<String> OF_MASTER =
      Set.of(
          "gauge pulzar_jobs_pending",
          "gauge pulzar_jobs_running",
          "gauge pulzar_slots_free",
          "counter pulzar_jobs_accepted_total",
          "counter pulzar_jobs_ended_total{end=canceled}",
          "counter pulzar_jobs_ended_total{end=completed}",
          "counter pulzar_jobs_ended_total{end=failed}",
          "gauge pulzar_schedules_scheduled",
          "gauge pulzar_schedules_due",
          "counter pulzar_schedules_fired_total",
          "counter pulzar_schedules_left_out_total{policy=misfire}",
          "counter pulzar_schedules_left_out_total{policy=overlap}",
          "gauge pulzar_records{kind=text}",
          "gauge pulzar_records{kind=shared}",
          "gauge pulzar_records_revision",
          "gauge pulzar_records_behind_changes",
          "gauge pulzar_records_receivers_down");

  private static final Set<String> LATENESS =
      Stream.concat(
              Stream.of(
                      "0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "1.0", "5.0", "30.0",
                      "300.0", "+Inf")
                  .map(bound -> "_bucket{le=" + bound + "}"),
              Stream.of("_sum", "_count"))
          .map(end -> "histogram pulzar_schedules_lateness_seconds" + end)
          .collect(Collectors.toSet());

  private static final Set<String> OF_NODE =
      Set.of(
          "gauge pulzar_records_revision",
          "gauge pulzar_records_behind_changes",
          "gauge pulzar_records_mended_ranges");

  private static final Set<String> OF_WORKERS =
      Stream.of("slots", "busy", "waiting", "processes")
          .flatMap(
              what ->
                  Stream.of("", "{runtime=cpython}", "{runtime=python2}")
                      .map(labels -> "gauge pulzar_worker_" + what + labels))
          .collect(Collectors.toSet());

  @TempDir private static Path home;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.in(home).python(() -> new ScriptedPython(1)).start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void theMasterKeepsTheNamesTypesAndLabelsThatItHad() {
    assertThat(ours(series(server.master("/metrics"))))
        .containsAll(OF_MASTER)
        .containsAll(LATENESS)
        .containsAll(OF_WORKERS)
        .containsAll(OF_ALARMS)
        .hasSize(OF_MASTER.size() + LATENESS.size() + OF_WORKERS.size() + OF_ALARMS.size() + 1)
        .contains("gauge pulzar_schedules_lateness_seconds_max");
  }

  @Test
  void aNodeKeepsTheNamesTypesAndLabelsThatItHad() {
    assertThat(ours(series(server.node("/metrics"))))
        .containsAll(OF_NODE)
        .containsAll(OF_WORKERS)
        .hasSize(OF_NODE.size() + OF_WORKERS.size());
  }

  @Test
  void bothTellOfTheirJvmAndTheirProcess() {
    for (URI role : List.of(server.master("/metrics"), server.node("/metrics"))) {
      assertThat(names(series(role)))
          .contains(
              "jvm_memory_used_bytes",
              "jvm_gc_memory_allocated_bytes_total",
              "jvm_threads_live_threads",
              "jvm_classes_loaded_classes",
              "process_cpu_usage",
              "process_files_open_files",
              "process_uptime_seconds",
              "system_cpu_usage");
    }
  }

  @Test
  void aRequestCountsByItsRouteAndNeverByItsPath() {
    for (int key = 0; key < 50; key++) {
      server.send("GET", server.master("/get_key/some/key/" + key), "");
      server.send("GET", server.master("/nobody/has/this/" + key), "");
    }
    assertThat(requests()).contains("404 UNMATCHED 50").contains("404 /get_key/{+key} 50");
    assertThat(server.send("GET", server.master("/metrics"), "").body())
        .doesNotContain("some/key", "nobody/has");
  }

  @Test
  void whatIsRefusedBeforeAnyRouteCountsToo() {
    server.send("PUT", server.master("/admin/jobs"), "", "Origin", "https://elsewhere.example");
    server.send("OPTIONS", server.master("/admin/jobs"), "");
    assertThat(requests()).contains("403 UNMATCHED 1").contains("204 UNMATCHED 1");
  }

  @Test
  void everyQueryOfTheDashboardNamesWhatIsThere() throws IOException {
    Set<String> there = new TreeSet<>(names(series(server.master("/metrics"))));
    there.addAll(names(series(server.node("/metrics"))));
    // A pause has to happen first.
    there.add("jvm_gc_pause_seconds_sum");
    List<String> queries = queries();
    assertThat(queries).hasSizeGreaterThan(20);
    for (String query : queries) {
      List<String> metrics =
          METRIC_IN_QUERY.matcher(query).results().map(found -> found.group()).toList();
      assertThat(metrics).as(query).isNotEmpty();
      assertThat(there).as(query).containsAll(metrics);
    }
  }

  private static List<String> queries() throws IOException {
    JsonMapper json = server.context(Role.MASTER).getBean(JsonMapper.class);
    Map<String, Object> dashboard =
        json.readValue(
            Files.readString(Path.of("../docs/grafana/pulzar.json")),
            Argument.mapOf(String.class, Object.class));
    List<String> queries = new ArrayList<>();
    collect(dashboard, queries);
    return queries;
  }

  private static void collect(@Nullable Object part, List<String> queries) {
    if (part instanceof Map<?, ?> object) {
      if (object.get("expr") instanceof String query) {
        queries.add(query);
      }
      object.values().forEach(inner -> collect(inner, queries));
    } else if (part instanceof List<?> list) {
      list.forEach(inner -> collect(inner, queries));
    }
  }

  /** Status, route and number of requests. */
  private static List<String> requests() {
    return server
        .send("GET", server.master("/metrics"), "")
        .body()
        .lines()
        .filter(line -> line.startsWith("http_server_requests_seconds_count"))
        .map(line -> line.replaceAll(".*status=\"(.*?)\".*uri=\"(.*?)\".*} ", "$1 $2 "))
        .toList();
  }

  /** Each series as {@code type name{label=value}}. */
  private static List<String> series(URI page) {
    List<String> series = new ArrayList<>();
    String type = "";
    for (String line : server.send("GET", page, "").body().split("\n", -1)) {
      Matcher sample = SAMPLE.matcher(line);
      if (line.startsWith("# TYPE ")) {
        type = line.substring(line.lastIndexOf(' ') + 1);
      } else if (sample.matches()) {
        series.add(type + " " + sample.group("name") + labels(sample.group("labels")));
      }
    }
    return series;
  }

  /** As Prometheus has them: a label without a value is none. */
  private static String labels(@Nullable String text) {
    String labels =
        LABEL
            .matcher(String.valueOf(text))
            .results()
            .filter(label -> !label.group(2).isEmpty())
            .map(label -> label.group(1) + "=" + label.group(2))
            .sorted()
            .collect(Collectors.joining(","));
    return labels.isEmpty() ? "" : "{" + labels + "}";
  }

  private static List<String> ours(List<String> series) {
    return series.stream().filter(one -> one.contains(" pulzar_")).toList();
  }

  private static List<String> names(List<String> series) {
    return series.stream()
        .map(one -> one.substring(one.indexOf(' ') + 1).replaceAll("\\{.*", ""))
        .toList();
  }
}
