package io.pulzar.cli;

import io.pulzar.settings.BadSettingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs the command that was typed; what goes wrong becomes one line and an exit status. */
public final class CommandRunner {

  private static final String HELP = "help";
  private static final List<String> OPTIONS_FOR_HELP = List.of("--help", "-h");

  private final CommandList commands;
  private final Terminal terminal;

  public CommandRunner(CommandList commands, Terminal terminal) {
    this.commands = commands;
    this.terminal = terminal;
  }

  /**
   * Runs to the end.
   *
   * @param typed everything after the program's name
   * @return the exit status
   */
  public int run(List<String> typed) {
    List<String> words = new ArrayList<>(typed.isEmpty() ? List.of(HELP) : typed);
    if (OPTIONS_FOR_HELP.contains(words.getFirst())) {
      words.set(0, HELP);
    }
    Optional<CommandLine> program = commands.only(words.getFirst());
    if (program.isEmpty()) {
      terminal
          .err()
          .println("pulzar: there is no command " + words.getFirst() + "; see pulzar help");
      return ExitStatus.USAGE.code();
    }
    int status =
        program
            .get()
            .setParameterExceptionHandler((mistake, all) -> misunderstood(mistake))
            .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, command))
            .execute(words.toArray(String[]::new));
    return typed.isEmpty() ? ExitStatus.USAGE.code() : status;
  }

  private int misunderstood(ParameterException mistake) {
    CommandSpec command = mistake.getCommandLine().getCommandSpec();
    say(command, sentence(mistake, command) + "; see " + command.qualifiedName() + " --help");
    return ExitStatus.USAGE.code();
  }

  private static String sentence(ParameterException mistake, CommandSpec command) {
    if (mistake instanceof UnmatchedArgumentException unmatched) {
      String word = unmatched.getUnmatched().getFirst();
      if (!command.subcommands().isEmpty() && !word.startsWith("-")) {
        return "'"
            + word
            + "' is none of "
            + String.join(", ", new TreeSet<>(command.subcommands().keySet()));
      }
      List<String> near = unmatched.getSuggestions();
      return (unmatched.isUnknownOption() ? "unknown option " : "one word too many: ")
          + word
          + (near.isEmpty() ? "" : " (did you mean " + near.getFirst() + "?)");
    }
    String message = String.valueOf(mistake.getMessage());
    return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }

  private int failed(Exception failure, CommandLine command) throws Exception {
    CommandSpec spec = command.getCommandSpec();
    return switch (failure) {
      case UsageException mistake -> ended(spec, mistake.getMessage(), ExitStatus.USAGE);
      case BadSettingException mistake -> ended(spec, mistake.getMessage(), ExitStatus.USAGE);
      case RefusedException refusal -> ended(spec, refusal.getMessage(), refusal.status());
      case IOException trouble ->
          ended(spec, "a file can't be read or written: " + trouble, ExitStatus.REFUSED);
      default -> throw failure;
    };
  }

  private int ended(CommandSpec command, @Nullable String sentence, ExitStatus status) {
    say(command, String.valueOf(sentence));
    return status.code();
  }

  private void say(CommandSpec command, String sentence) {
    terminal.err().println(command.qualifiedName() + ": " + sentence);
  }
}
