package io.pulzar;

import io.pulzar.cli.CommandContext;
import io.pulzar.cli.CommandRunner;
import io.pulzar.cli.Terminal;
import io.pulzar.roles.Version;
import io.pulzar.settings.Settings;
import io.pulzar.settings.SettingsReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The product's main class: runs the command that was typed. */
public final class Pulzar {

  /** Read by logback.xml: only a server tells about itself, a command prints what it was asked. */
  private static final String LOG_LEVEL = "console.level";

  private Pulzar() {}

  public static void main(String[] args) {
    System.exit(
        run(Arrays.asList(args), new CommandContext(Terminal.ofThisProcess(), Pulzar::settings)));
  }

  static int run(List<String> typed, CommandContext context) {
    if (!typed.contains("start")) {
      System.setProperty(LOG_LEVEL, "WARN");
    }
    if (typed.equals(List.of("--version"))) {
      context.terminal().out().println("pulzar " + Version.CURRENT);
      return 0;
    }
    return new CommandRunner(EveryCommand.with(context), context.terminal()).run(typed);
  }

  private static Settings settings(Map<String, String> typed) {
    return new SettingsReader(EverySetting.LIST, Path.of(""))
        .read(SettingsReader.jvmProperties(), System.getenv(), typed)
        .settings();
  }
}
