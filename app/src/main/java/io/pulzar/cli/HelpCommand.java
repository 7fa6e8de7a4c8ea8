package io.pulzar.cli;

import io.pulzar.roles.Version;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code pulzar help}, {@code pulzar help launch}, {@code pulzar help settings}. */
@Command(name = "help", description = "Lists the commands, or tells of one.")
public final class HelpCommand implements Callable<Integer> {

  private final CommandList commands;
  private final Map<String, Supplier<String>> pages;
  private final Terminal terminal;

  @Parameters(
      arity = "0..*",
      paramLabel = "COMMAND",
      description =
          "the one that is meant; settings, command-line and http print pages of the manual")
  private List<String> words = new ArrayList<>();

  /**
   * @param pages longer texts, by the word that asks for them
   */
  public HelpCommand(CommandList commands, Map<String, Supplier<String>> pages, Terminal terminal) {
    this.commands = commands;
    this.pages = Map.copyOf(pages);
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (words.isEmpty()) {
      list(terminal.out());
      return ExitStatus.DONE.code();
    }
    String word = words.getFirst();
    Supplier<String> page = pages.get(word);
    if (page != null) {
      terminal.out().print(page.get());
      return ExitStatus.DONE.code();
    }
    CommandLine command =
        commands
            .only(word)
            .map(program -> program.getSubcommands().get(word))
            .orElseThrow(
                () -> new UsageException("there is no command " + word + "; see pulzar help"));
    for (String below : words.subList(1, words.size())) {
      command = Objects.requireNonNullElse(command.getSubcommands().get(below), command);
    }
    terminal.out().print(command.getUsageMessage());
    return ExitStatus.DONE.code();
  }

  private void list(PrintStream out) {
    out.println("Pulzar " + Version.CURRENT + ": runs Python scripts");
    int width = commands.names().stream().mapToInt(String::length).max().orElse(0);
    for (String group : commands.groups()) {
      out.println();
      out.println(group);
      for (CommandLine command : commands.of(group)) {
        out.printf(
            "  %-" + width + "s  %s%n", command.getCommandName(), Described.summary(command));
      }
    }
    out.println();
    out.println(
        "pulzar help COMMAND tells of one, pulzar help settings of every setting, pulzar help http of every route.");
  }
}
