package io.pulzar.cli;

import io.pulzar.roles.Version;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine;

/** Manual pages (man(7)), one for the program and one for each of its commands. */
final class ManPages {

  private static final String PROGRAM = CommandList.PROGRAM;

  private static final Pattern BEYOND_ASCII = Pattern.compile("[^\\x00-\\x7F]");

  private ManPages() {}

  /** Each page by the name of its file, {@code pulzar-launch.1}. */
  static Map<String, String> of(CommandLine program) {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put(PROGRAM + ".1", overview(program));
    program
        .getSubcommands()
        .forEach((name, command) -> pages.put(PROGRAM + "-" + name + ".1", page(name, command)));
    return pages;
  }

  private static String overview(CommandLine program) {
    StringBuilder page = head(PROGRAM, Described.summary(program));
    page.append(".SH SYNOPSIS\n.B ").append(PROGRAM).append("\nCOMMAND [OPTION]...\n");
    page.append(".SH COMMANDS\n");
    program
        .getSubcommands()
        .forEach(
            (name, command) ->
                entry(page, PROGRAM + "-" + name + "(1)", Described.summary(command)));
    return page.append(tail()).toString();
  }

  private static String page(String name, CommandLine command) {
    StringBuilder page = head(PROGRAM + "-" + name, Described.summary(command));
    page.append(".SH SYNOPSIS\n");
    synopsis(page, command);
    Described.below(command)
        .values()
        .forEach(
            below -> {
              page.append(".br\n");
              synopsis(page, below);
            });
    page.append(".SH DESCRIPTION\n").append(text(Described.description(command))).append('\n');
    page.append(".SH OPTIONS\n");
    options(page, command);
    Described.visible(command)
        .filter(option -> !Described.own(command).contains(option))
        .forEach(option -> entry(page, Described.typed(option), Described.description(option)));
    Described.below(command)
        .forEach(
            (word, below) -> {
              page.append(".SS ").append(text(name + " " + word)).append('\n');
              page.append(text(Described.description(below))).append('\n');
              options(page, below);
            });
    return page.append(tail()).toString();
  }

  private static void synopsis(StringBuilder page, CommandLine command) {
    page.append(text(Described.synopsis(command))).append('\n');
  }

  private static void options(StringBuilder page, CommandLine command) {
    Described.arguments(command).forEach((typed, meaning) -> entry(page, typed, meaning));
  }

  private static void entry(StringBuilder page, String typed, String meaning) {
    page.append(".TP\n.B ").append(text(typed)).append('\n').append(text(meaning)).append('\n');
  }

  private static StringBuilder head(String name, String summary) {
    return new StringBuilder(".TH ")
        .append(text(name.toUpperCase(Locale.ROOT)))
        .append(" 1 \"\" \"Pulzar ")
        .append(Version.CURRENT)
        .append("\" Pulzar\n.SH NAME\n")
        .append(text(name))
        .append(" \\- ")
        .append(text(summary))
        .append('\n');
  }

  private static String tail() {
    StringBuilder tail = new StringBuilder(".SH EXIT STATUS\n");
    for (ExitStatus status : ExitStatus.values()) {
      entry(tail, String.valueOf(status.code()), status.meaning());
    }
    tail.append(".SH ENVIRONMENT\n");
    entry(tail, Login.SERVER, "the server to ask");
    entry(tail, Login.TOKEN, "the token that is sent to it");
    return tail.toString();
  }

  /** What man(7) would take for an instruction is text. */
  private static String text(String plain) {
    String escaped =
        BEYOND_ASCII
            .matcher(plain.replace("\\", "\\e").replace("-", "\\-"))
            .replaceAll(one -> "\\\\[u%04X]".formatted(one.group().codePointAt(0)));
    return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
  }
}
