package io.pulzar.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pulzar schedules}, {@code pulzar schedules 3}. */
@Command(
    name = "schedules",
    description = "Lists schedules, the newest first; or shows one with its last runs.")
public final class SchedulesCommand extends ClientCommand {

  private static final String ROUTE = "/admin/scheduled_jobs";

  @Parameters(arity = "0..1", paramLabel = "ID", description = "the number of the one to show")
  private Optional<Long> id = Optional.empty();

  @Option(names = "--limit", paramLabel = "N", description = "how many at most; 20 unless told")
  private int limit = 20;

  public SchedulesCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    return ask(
        server -> {
          @Nullable Object data =
              server.get(id.map(one -> ROUTE + "/" + one).orElse(ROUTE + "?limit=" + limit));
          ScheduleView view = new ScheduleView(output());
          if (output().isJson()) {
            output().json(data);
          } else if (id.isPresent()) {
            view.details(Fields.object(data));
          } else {
            view.list(Fields.objects(data));
          }
          return ExitStatus.DONE.code();
        });
  }
}
