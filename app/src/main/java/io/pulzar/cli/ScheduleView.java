package io.pulzar.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Prints schedules for a person, from what the server tells about them. */
final class ScheduleView {

  private static final String ROW = "%-8s %-10s %-26s %-28s %s%n";
  private static final String RUN = "    %-8s %-9s %s%n";

  private final PrintStream out;

  ScheduleView(PrintStream out) {
    this.out = out;
  }

  /** One line per schedule. */
  void list(@Nullable Object rows) {
    out.printf(ROW, "ID", "STATE", "JOB", "WHEN", "NEXT");
    for (Map<?, ?> schedule : objects(rows)) {
      out.printf(
          ROW,
          text(schedule, "job_id"),
          text(schedule, "state"),
          text(schedule, "job_path"),
          when(schedule),
          schedule.get("next_execution") == null ? "none" : text(schedule, "next_execution"));
    }
  }

  /** Everything about one. */
  void details(Map<?, ?> schedule) {
    out.println("schedule " + text(schedule, "job") + " " + text(schedule, "state"));
    out.printf("  %-11s %s%n", "when", when(schedule));
    for (String field :
        List.of("job_path", "parameters", "next_execution", "misfire", "overlap", "until")) {
      String value = text(schedule, field);
      if (!value.isEmpty()) {
        out.printf("  %-11s %s%n", field.replace("_execution", ""), value);
      }
    }
    List<Map<?, ?>> runs = objects(schedule.get("last_executions"));
    if (!runs.isEmpty()) {
      out.println("  runs");
      out.printf(RUN, "JOB", "STATE", "ENDED");
      runs.forEach(
          run -> out.printf(RUN, text(run, "exec_id"), text(run, "state"), text(run, "datetime")));
    }
  }

  private static String when(Map<?, ?> schedule) {
    if (schedule.get("cron") != null) {
      return text(schedule, "cron") + " " + text(schedule, "timezone");
    }
    return schedule.get("at") != null
        ? "once"
        : "every " + text(schedule, "time_unit") + " " + text(schedule, "interval");
  }

  private static List<Map<?, ?>> objects(@Nullable Object list) {
    return list instanceof List<?> rows
        ? rows.stream().<Map<?, ?>>map(ClientCommand::object).toList()
        : List.of();
  }

  private static String text(Map<?, ?> row, String field) {
    return Objects.toString(row.get(field), "");
  }
}
