package io.pulzar.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code pulzar completion bash}. */
@Command(
    name = "completion",
    description = {
      "Prints what completes commands and options in a shell.",
      "In ~/.bashrc or ~/.zshrc: source <(pulzar completion bash); in fish: pulzar completion fish"
          + " | source"
    })
public final class CompletionCommand implements Callable<Integer> {

  private final CommandList commands;
  private final Terminal terminal;

  @Parameters(
      paramLabel = "bash|zsh|fish",
      completionCandidates = Shells.class,
      description = "the shell")
  private String shell = "";

  /** For completion. */
  static final class Shells extends Choices {
    Shells() {
      super("bash", "zsh", "fish");
    }
  }

  public CompletionCommand(CommandList commands, Terminal terminal) {
    this.commands = commands;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    terminal
        .out()
        .print(
            switch (shell) {
              // One script for both; it turns zsh's bash completion on.
              case "bash", "zsh" -> AutoComplete.bash(CommandList.PROGRAM, commands.all());
              case "fish" -> FishCompletion.of(commands.all());
              default -> throw new UsageException("'" + shell + "' is none of bash, zsh, fish");
            });
    return ExitStatus.DONE.code();
  }
}
