package io.pulzar.cli;

import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pulzar jobs}, {@code pulzar jobs 7 --follow}. */
@Command(name = "jobs", description = "Lists jobs, the newest first; or shows one with its log.")
public final class JobsCommand extends ClientCommand {

  @Parameters(arity = "0..1", paramLabel = "ID", description = "the number of the job to show")
  private Optional<Long> id = Optional.empty();

  @Option(names = "--follow", description = "shows the log of the job while it runs")
  private boolean follow;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      split = ",",
      completionCandidates = States.class,
      description = "only those that are pending, running, completed, failed or canceled")
  private List<String> states = new ArrayList<>();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description =
          "only those made in the last 2h or 7d, or since 2026-11-21 or 2026-11-21T08:00Z")
  private Optional<String> since = Optional.empty();

  @Option(names = "--until", paramLabel = "TIME", description = "only those made before then")
  private Optional<String> until = Optional.empty();

  @Option(
      names = "--script",
      paramLabel = "SCRIPT",
      description = "only those of a script, or of a folder when a slash ends it")
  private Optional<String> script = Optional.empty();

  @Option(names = "--node", paramLabel = "NODE", description = "only those that ran there")
  private Optional<String> node = Optional.empty();

  @Option(
      names = "--text",
      paramLabel = "TEXT",
      description = "only those with this in their number, script, parameters or error")
  private Optional<String> text = Optional.empty();

  @Option(names = "--limit", paramLabel = "N", description = "how many at most; 20 unless told")
  private int limit = 20;

  /** The words that a state can be, for completion. */
  static final class States extends Choices {
    States() {
      super("pending", "running", "completed", "failed", "canceled");
    }
  }

  public JobsCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    if (id.isPresent()) {
      return one(id.get());
    }
    if (follow) {
      throw new UsageException("--follow needs the number of a job");
    }
    Clock clock = Clock.system(ZoneId.systemDefault());
    String query =
        new UrlText.Query()
            .with("limit", limit)
            .with("state", Optional.of(String.join(",", states)).filter(all -> !all.isEmpty()))
            .with("since", since.map(text -> Moment.parse(text, clock)))
            .with("until", until.map(text -> Moment.parse(text, clock)))
            .with("script", script)
            .with("node", node)
            .with("text", text)
            .toString();
    return ask(
        server -> {
          List<Map<?, ?>> jobs = server.pages("/admin/all_jobs" + query, limit);
          if (output().isJson()) {
            output().json(jobs);
          } else {
            new JobView(output()).list(jobs);
          }
          return ExitStatus.DONE.code();
        });
  }

  private int one(long job) {
    return ask(
        server -> {
          JobLog log = new JobLog(server, job);
          JobView view = new JobView(output());
          if (follow) {
            log.follow(output().isJson() ? line -> {} : output()::line);
            return view.result(log.job()).code();
          }
          Map<?, ?> details = log.job();
          if (output().isJson()) {
            output().json(details);
          } else {
            view.details(details);
          }
          return ExitStatus.DONE.code();
        });
  }
}
