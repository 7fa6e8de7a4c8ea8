package io.pulzar.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Prints jobs for a person, from what the server tells about them. */
final class JobView {

  private static final String ROW = "%-8s %-10s %-28s %-20s %s%n";

  private final PrintStream out;

  JobView(PrintStream out) {
    this.out = out;
  }

  /** One line per job. */
  void list(@Nullable Object rows) {
    out.printf(ROW, "ID", "STATUS", "JOB", "CREATED", "NODE");
    if (rows instanceof List<?> list) {
      for (Object row : list) {
        if (row instanceof Map<?, ?> job) {
          out.printf(
              ROW,
              text(job, "job_id"),
              text(job, "state"),
              text(job, "job_name"),
              text(job, "creation_time"),
              text(job, "node"));
        }
      }
    }
  }

  /**
   * Status, error and output of one.
   *
   * @return whether it completed
   */
  boolean result(Map<?, ?> job) {
    out.println("job " + text(job, "job") + " " + text(job, "state") + took(job));
    String error = text(job, "error");
    if (!error.isEmpty()) {
      out.println(error);
    }
    String output = text(job, "output");
    if (!output.isEmpty()) {
      out.println(output);
    }
    return text(job, "state").equals("completed");
  }

  /** What there is to say about the run, and its log. */
  void details(Map<?, ?> job) {
    for (String field : List.of("job_path", "parameters", "node", "created", "started", "ended")) {
      String value = text(job, field);
      if (!value.isEmpty()) {
        out.printf("  %-11s %s%n", field, value);
      }
    }
    String log = text(job, "log");
    if (!log.isEmpty() && !log.equals("na")) {
      out.println("  log");
      log.lines().forEach(line -> out.println("    " + line));
    }
  }

  private static String took(Map<?, ?> job) {
    String time = text(job, "time");
    return time.isEmpty() || time.equals("na") ? "" : " in " + time + " s";
  }

  private static String text(Map<?, ?> row, String field) {
    return Objects.toString(row.get(field), "");
  }
}
