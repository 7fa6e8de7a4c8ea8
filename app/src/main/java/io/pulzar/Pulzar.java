package io.pulzar;

import io.pulzar.cli.Command;
import io.pulzar.cli.UsageException;
import io.pulzar.roles.Version;
import io.pulzar.settings.BadSettingException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The product's main class: finds the command and reports its mistakes in one line. */
public final class Pulzar {

  private static final int USAGE = 2;

  private Pulzar() {}

  public static void main(String[] args) {
    System.exit(run(Arrays.asList(args), System.out, System.err));
  }

  static int run(List<String> args, PrintStream out, PrintStream err) {
    List<Command> commands = commands();
    if (args.isEmpty() || List.of("help", "--help", "-h").contains(args.getFirst())) {
      out.print(help(commands));
      return args.isEmpty() ? USAGE : 0;
    }
    if (List.of("version", "--version").contains(args.getFirst())) {
      out.println("pulzar " + Version.CURRENT);
      return 0;
    }
    Optional<Command> command =
        commands.stream().filter(known -> known.name().equals(args.getFirst())).findFirst();
    if (command.isEmpty()) {
      err.println("pulzar: there is no command " + args.getFirst() + "; see pulzar help");
      return USAGE;
    }
    try {
      return command.get().run(args.subList(1, args.size()));
    } catch (UsageException | BadSettingException e) {
      err.println("pulzar " + command.get().name() + ": " + e.getMessage());
      return USAGE;
    }
  }

  private static List<Command> commands() {
    return List.of(new StartCommand());
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
