package io.pulzar.cli;

import java.util.Map;
import picocli.CommandLine;

/** Writes {@code docs/command-line.md} from the commands themselves; a test compares them. */
public final class CommandPage {

  private static final String HEAD =
      """
      # Command line

      `pulzar COMMAND`, or `./pulzar COMMAND` in a checkout. `pulzar help` lists the commands, `pulzar launch --help` tells of one.

          pulzar launch reports/daily to=ann --wait
          pulzar jobs --state failed --since 1d
          pulzar logs 7 --follow
          pulzar schedule reports/daily --cron '0 9 * * MON-FRI' --timezone Europe/Berlin
          pulzar put /reports/july.txt july.txt --ttl 30d
          pulzar keys /reports/ --long

      **Which server.** `--server URL`; else the variable `PULZAR_SERVER`; else the one that `pulzar login URL` kept; else the one that this machine's settings name. The token is
      `PULZAR_TOKEN`, or what `pulzar login` kept for that server.

      **For programs.** `--json` prints what the server says as JSON, on one line for the most part. Without it tables fit the window: what is too long is cut with `…`. In a file or a pipe nothing
      is cut, at least two spaces stand between columns, and `-` stands for nothing. Times are UTC. What takes more than a second shows how far it is, on standard error and only in a window.

      **Completion.** `source <(pulzar completion bash)` in `~/.bashrc`, `source <(pulzar completion zsh)` in `~/.zshrc`, `pulzar completion fish | source` in fish's configuration. `pulzar man DIR` writes
      manual pages.

      This page is generated; `pulzar help command-line` prints it.

      ## Exit status

      | status | meaning |
      |---|---|
      """;

  private CommandPage() {}

  /** The page, as Markdown. */
  public static String render(CommandList commands) {
    StringBuilder page = new StringBuilder(HEAD);
    for (ExitStatus status : ExitStatus.values()) {
      row(page, String.valueOf(status.code()), status.meaning());
    }
    for (String group : commands.groups()) {
      page.append("\n## ").append(group).append('\n');
      for (CommandLine command : commands.of(group)) {
        section(page, "###", command);
        Described.below(command).values().forEach(below -> section(page, "####", below));
      }
    }
    return page.toString();
  }

  private static void section(StringBuilder page, String heading, CommandLine command) {
    page.append('\n').append(heading).append(' ');
    page.append(command.getCommandSpec().qualifiedName()).append("\n\n");
    page.append(text(Described.description(command))).append("\n\n");
    page.append("    ").append(Described.synopsis(command)).append('\n');
    Map<String, String> arguments = Described.arguments(command);
    if (!arguments.isEmpty()) {
      page.append("\n| | |\n|---|---|\n");
      arguments.forEach(
          (typed, meaning) -> row(page, "`" + typed.replace("|", "\\|") + "`", meaning));
    }
  }

  private static void row(StringBuilder page, String left, String right) {
    page.append("| ").append(left).append(" | ").append(text(right)).append(" |\n");
  }

  private static String text(String plain) {
    return plain.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*");
  }
}
