package io.pulzar;

import io.pulzar.backup.BackupCommand;
import io.pulzar.backup.RestoreCommand;
import io.pulzar.cli.CancelCommand;
import io.pulzar.cli.CheckCommand;
import io.pulzar.cli.Command;
import io.pulzar.cli.DrainCommand;
import io.pulzar.cli.GrantCommand;
import io.pulzar.cli.JobsCommand;
import io.pulzar.cli.LaunchCommand;
import io.pulzar.cli.LoginCommand;
import io.pulzar.cli.NodesCommand;
import io.pulzar.cli.RecordsCommand;
import io.pulzar.cli.RemoveCommand;
import io.pulzar.cli.ScheduleCommand;
import io.pulzar.cli.ScheduleCommand.Wish;
import io.pulzar.cli.SchedulesCommand;
import io.pulzar.cli.SecretsCommand;
import io.pulzar.cli.TokenCommand;
import io.pulzar.cli.UsageException;
import io.pulzar.cli.UserCommand;
import io.pulzar.doctor.DoctorCommand;
import io.pulzar.packages.PackagesCommand;
import io.pulzar.python.WorkerSettings;
import io.pulzar.roles.Version;
import io.pulzar.settings.BadSettingException;
import io.pulzar.settings.Settings;
import io.pulzar.settings.SettingsReader;
import java.io.Console;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The product's main class: finds the command and reports its mistakes in one line. */
public final class Pulzar {

  private static final int USAGE = 2;

  private static final List<String> HELP = List.of("help", "--help", "-h");

  /** Behind a command, where a plain word is an argument. */
  private static final List<List<String>> ONLY_HELP = List.of(List.of("--help"), List.of("-h"));

  /** Read by logback.xml: only a server tells about itself, a command prints what it was asked. */
  private static final String LOG_LEVEL = "console.level";

  private Pulzar() {}

  public static void main(String[] args) {
    System.exit(run(Arrays.asList(args), System.out, System.err));
  }

  static int run(List<String> args, PrintStream out, PrintStream err) {
    if (!args.contains("start")) {
      System.setProperty(LOG_LEVEL, "WARN");
    }
    List<Command> commands = commands(out, err);
    if (args.equals(List.of("help", "settings"))) {
      out.print(SettingsPage.render(EverySetting.LIST));
      return 0;
    }
    if (args.isEmpty() || (args.size() == 1 && HELP.contains(args.getFirst()))) {
      out.print(help(commands));
      return args.isEmpty() ? USAGE : 0;
    }
    if (List.of("version", "--version").contains(args.getFirst())) {
      out.println("pulzar " + Version.CURRENT);
      return 0;
    }
    boolean helpFirst = HELP.contains(args.getFirst());
    String name = helpFirst ? args.get(1) : args.getFirst();
    Optional<Command> command =
        commands.stream().filter(known -> known.name().equals(name)).findFirst();
    if (command.isEmpty()) {
      err.println("pulzar: there is no command " + name + "; see pulzar help");
      return USAGE;
    }
    if (helpFirst || ONLY_HELP.contains(args.subList(1, args.size()))) {
      out.print(help(List.of(command.get())));
      return 0;
    }
    try {
      return command.get().run(args.subList(1, args.size()));
    } catch (UsageException | BadSettingException e) {
      err.println("pulzar " + command.get().name() + ": " + e.getMessage());
      return USAGE;
    }
  }

  private static List<Command> commands(PrintStream out, PrintStream err) {
    return List.of(
        new StartCommand(out),
        new DemoCommand(out),
        new LaunchCommand(Pulzar::usualSettings, out, err),
        new JobsCommand(Pulzar::usualSettings, out, err),
        new CancelCommand(Pulzar::usualSettings, out, err),
        new SchedulesCommand(Pulzar::usualSettings, out, err),
        new ScheduleCommand(Wish.PAUSE, Pulzar::usualSettings, out, err),
        new ScheduleCommand(Wish.RESUME, Pulzar::usualSettings, out, err),
        new ScheduleCommand(Wish.RUN_NOW, Pulzar::usualSettings, out, err),
        new NodesCommand(Pulzar::usualSettings, out, err),
        new DrainCommand(Pulzar::usualSettings, out, err),
        new RemoveCommand(Pulzar::usualSettings, out, err),
        new LoginCommand(Pulzar::usualSettings, System.getenv(), standardInput(), out, err),
        new TokenCommand(Pulzar::usualSettings, out, err),
        new UserCommand(Pulzar::usualSettings, standardInput(), out, err),
        new GrantCommand(Pulzar::usualSettings, out, err),
        new CertificateCommand(Pulzar::settings, out, err),
        secrets(SecretsCommand.Kind.SECRETS, out, err),
        secrets(SecretsCommand.Kind.VARIABLES, out, err),
        new BackupCommand(Pulzar::settings, out, err),
        new RestoreCommand(Pulzar::settings, out, err),
        new CheckCommand(Pulzar::usualSettings, out, err),
        new RecordsCommand(Pulzar::usualSettings, out, err),
        new PackagesCommand(Pulzar::settings, WorkerSettings::openBeside, out, err),
        new DoctorCommand(Pulzar::usualSettings, WorkerSettings::open, out));
  }

  private static Command secrets(SecretsCommand.Kind kind, PrintStream out, PrintStream err) {
    return new SecretsCommand(
        kind, Pulzar::usualSettings, standardInput(), Pulzar::askUnseen, out, err);
  }

  /** What a person types, which is not shown; empty where standard input is no terminal. */
  private static Optional<String> askUnseen(String prompt) {
    return Optional.ofNullable(System.console())
        .filter(Console::isTerminal)
        .map(console -> console.readPassword("%s", prompt))
        .map(String::new);
  }

  private static Reader standardInput() {
    return new InputStreamReader(System.in, Charset.defaultCharset());
  }

  /** Those of a server that is started here without options. */
  private static Settings usualSettings() {
    return settings(Map.of());
  }

  private static Settings settings(Map<String, String> typed) {
    return new SettingsReader(EverySetting.LIST, Path.of(""))
        .read(SettingsReader.jvmProperties(), System.getenv(), typed)
        .settings();
  }

  private static String help(List<Command> commands) {
    StringBuilder help = new StringBuilder("Pulzar " + Version.CURRENT + ": runs Python scripts\n");
    for (Command command : commands) {
      help.append("\n  pulzar ").append(command.name()).append(' ').append(command.synopsis());
      help.append("\n      ").append(command.summary()).append('\n');
    }
    return help.toString();
  }
}
