package io.pulzar.cli;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code pulzar open}, {@code pulzar open 7}, {@code pulzar open reports/daily}. */
@Command(
    name = "open",
    description = "Prints the address of the web page, and opens it where there is a display.")
public final class OpenCommand extends ClientCommand {

  @Parameters(
      arity = "0..1",
      paramLabel = "ID|SCRIPT",
      description = "the page of a job, by its number, or of a script")
  private Optional<String> what = Optional.empty();

  public OpenCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    return ask(
        server -> {
          String address = server.address().resolve("/") + what.map(OpenCommand::place).orElse("");
          output().done(address, Map.of("url", address));
          opener().ifPresent(program -> open(program, address));
          return ExitStatus.DONE.code();
        });
  }

  private static String place(String what) {
    return what.matches("\\d+") ? "#/runs/" + what : "#/scripts/" + UrlText.path(what);
  }

  /** What opens pages here; empty where nobody would see one. */
  private Optional<String> opener() {
    Map<String, String> environment = terminal().environment();
    String chosen = environment.getOrDefault("BROWSER", "");
    if (!chosen.isEmpty()) {
      return Optional.of(chosen);
    }
    if (System.getProperty("os.name", "").startsWith("Mac")) {
      return Optional.of("open");
    }
    return Stream.of("DISPLAY", "WAYLAND_DISPLAY")
            .anyMatch(name -> !environment.getOrDefault(name, "").isEmpty())
        ? Optional.of("xdg-open")
        : Optional.empty();
  }

  private void open(String program, String address) {
    try {
      new ProcessBuilder(program, address)
          .redirectOutput(Redirect.DISCARD)
          .redirectError(Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      terminal().err().println("pulzar open: " + program + " is not there to open it");
    }
  }
}
