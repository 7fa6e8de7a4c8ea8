package io.pulzar.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pulzar logs 7 --follow}. */
@Command(name = "logs", description = "Shows the log of a job.")
public final class LogsCommand extends ClientCommand {

  @Parameters(paramLabel = "ID", description = "the number of a job")
  private long id;

  @Option(names = "--follow", description = "goes on until the job has ended")
  private boolean follow;

  public LogsCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    return ask(
        server -> {
          JobLog log = new JobLog(server, id);
          if (output().isJson()) {
            if (follow) {
              log.follow(line -> {});
            }
            output().json(Map.of("job_id", id, "log", Fields.text(log.job(), "log")));
          } else if (follow) {
            log.follow(output()::line);
          } else {
            log.soFar(output()::line);
          }
          return ExitStatus.DONE.code();
        });
  }
}
