package io.pulzar.cli;

import java.util.List;
import java.util.Map;

/** Prints jobs, from what the server tells about them. */
final class JobView {

  private final Output output;

  JobView(Output output) {
    this.output = output;
  }

  /** One line per job. */
  void list(List<Map<?, ?>> jobs) {
    Table table = new Table("!ID", "!STATE", "SCRIPT", "!CREATED", "!SECONDS", "NODE");
    for (Map<?, ?> job : jobs) {
      table.row(
          job.get("job_id"),
          job.get("state"),
          job.get("job_path"),
          job.get("creation_time"),
          job.get("time"),
          job.get("node"));
    }
    output.table(table);
  }

  /**
   * State, error and output of one that has ended.
   *
   * @return whether it completed
   */
  ExitStatus result(Map<?, ?> job) {
    if (output.isJson()) {
      output.json(job);
    } else {
      summary(job);
    }
    return Fields.text(job, "state").equals("completed") ? ExitStatus.DONE : ExitStatus.FAILED;
  }

  /** What there is to say about one, and its log. */
  void details(Map<?, ?> job) {
    summary(job);
    for (String field :
        List.of(
            "job_path",
            "parameters",
            "node",
            "waiting",
            "attempt",
            "schedule",
            "created",
            "started",
            "ended")) {
      String value = Fields.text(job, field);
      if (!value.isEmpty()) {
        output.line("  %-11s %s".formatted(field, value));
      }
    }
    Fields.objects(job.get("files"))
        .forEach(file -> output.line("  %-11s %s".formatted("file", file.get("key"))));
    String log = Fields.text(job, "log");
    if (!log.isEmpty() && !log.equals("na")) {
      output.line("  log");
      log.lines().forEach(line -> output.line("    " + line));
    }
  }

  private void summary(Map<?, ?> job) {
    output.line("job " + Fields.text(job, "job") + " " + Fields.text(job, "state") + took(job));
    for (String field : List.of("error", "output")) {
      String text = Fields.text(job, field);
      if (!text.isEmpty()) {
        output.line(text);
      }
    }
  }

  private static String took(Map<?, ?> job) {
    String time = Fields.text(job, "time");
    return time.isEmpty() || time.equals("na") ? "" : " in " + time + " s";
  }
}
