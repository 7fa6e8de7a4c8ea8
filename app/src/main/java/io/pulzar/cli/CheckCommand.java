package io.pulzar.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pulzar check --fix}. */
@Command(name = "check", description = "Reads every value, and compares the keys with the nodes.")
public final class CheckCommand extends ClientCommand {

  private static final String PATH = "/admin/check";
  private static final long LOOK_MILLIS = 200;

  @Option(names = "--fix", description = "repairs what can be repaired")
  private boolean fix;

  public CheckCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    return ask(
        server -> {
          Map<?, ?> state = ended(server);
          if (!"ended".equals(state.get("state"))) {
            throw new RefusedException("the check failed; the master's log tells why");
          }
          Map<?, ?> found = Fields.object(state.get("report"));
          CheckReport report = CheckReport.of(found, fix);
          if (output().isJson()) {
            output().json(found);
          } else {
            report.lines().forEach(output()::line);
          }
          return report.isWell() ? ExitStatus.DONE.code() : ExitStatus.FAILED.code();
        });
  }

  private Map<?, ?> ended(ServerClient server) {
    server.post(PATH + "?fix=" + fix, null);
    Map<?, ?> state = Fields.object(server.get(PATH));
    try (Progress _ = Progress.start(terminal(), "check")) {
      while ("running".equals(state.get("state"))) {
        Thread.sleep(LOOK_MILLIS);
        state = Fields.object(server.get(PATH));
      }
      return state;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RefusedException("interrupted; the check goes on at the master");
    }
  }
}
