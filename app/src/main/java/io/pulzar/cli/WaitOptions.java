package io.pulzar.cli;

import java.util.Map;
import picocli.CommandLine.Option;

/** Whether a job that was started is waited for. */
final class WaitOptions {

  @Option(names = "--wait", description = "waits until it has ended, and shows its result")
  private boolean wait;

  @Option(names = "--follow", description = "the same, and shows its log while it runs")
  private boolean follow;

  /**
   * Tells of a job that was just started, now or when it has ended.
   *
   * @param id its number
   * @param verb what was done
   */
  ExitStatus tell(ServerClient server, Object id, String verb, Output output, Terminal terminal) {
    if (!wait && !follow) {
      output.done("job " + id + " " + verb + "; see pulzar jobs " + id, Map.of("job_id", id));
      return ExitStatus.DONE;
    }
    JobLog log = new JobLog(server, id);
    if (follow && !output.isJson()) {
      log.follow(output::line);
    } else {
      try (Progress _ = Progress.start(terminal, "job " + id)) {
        log.follow(line -> {});
      }
    }
    return new JobView(output).result(log.job());
  }
}
