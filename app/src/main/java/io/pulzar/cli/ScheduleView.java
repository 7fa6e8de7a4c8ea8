package io.pulzar.cli;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Prints schedules for a person, from what the server tells about them. */
final class ScheduleView {

  private final Output output;

  ScheduleView(Output output) {
    this.output = output;
  }

  /** One line per schedule. */
  void list(List<Map<?, ?>> schedules) {
    Table table = new Table("!ID", "!STATE", "SCRIPT", "WHEN", "!NEXT");
    for (Map<?, ?> schedule : schedules) {
      table.row(
          schedule.get("job_id"),
          schedule.get("state"),
          schedule.get("job_path"),
          when(schedule),
          Objects.requireNonNullElse(schedule.get("next_execution"), "none"));
    }
    output.table(table);
  }

  /** Everything about one. */
  void details(Map<?, ?> schedule) {
    output.line("schedule " + Fields.text(schedule, "job") + " " + Fields.text(schedule, "state"));
    field("when", when(schedule));
    for (String name :
        List.of("job_path", "parameters", "next_execution", "misfire", "overlap", "until")) {
      field(name.replace("_execution", ""), Fields.text(schedule, name));
    }
    for (Map<?, ?> run : Fields.objects(schedule.get("last_executions"))) {
      field(
          "run",
          "job %s %s, %s"
              .formatted(
                  Fields.text(run, "exec_id"),
                  Fields.text(run, "state"),
                  Fields.text(run, "datetime")));
    }
  }

  private void field(String name, String value) {
    if (!value.isEmpty()) {
      output.line("  %-11s %s".formatted(name, value));
    }
  }

  private static String when(Map<?, ?> schedule) {
    if (schedule.get("cron") != null) {
      return Fields.text(schedule, "cron") + " " + Fields.text(schedule, "timezone");
    }
    return schedule.get("at") != null
        ? "once"
        : "every " + Fields.text(schedule, "time_unit") + " " + Fields.text(schedule, "interval");
  }
}
