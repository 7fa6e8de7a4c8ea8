package io.pulzar.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

/**
 * Every command there is. One that is typed is made alone: to read the annotations of all of them
 * would take longer than most of them run.
 */
public final class CommandList {

  static final String PROGRAM = "pulzar";

  /**
   * @param group the heading that it stands below in the help
   */
  private record Entry(String group, String name, Supplier<? extends Callable<Integer>> command) {}

  private static final int NARROWEST_HELP = 55;
  private static final int WIDEST_HELP = 120;

  private final Terminal terminal;
  private final List<Entry> entries = new ArrayList<>();
  private String group = "";

  /**
   * An empty one.
   *
   * @param terminal where help is shown
   */
  public CommandList(Terminal terminal) {
    this.terminal = terminal;
  }

  /** What is added from now on stands below this heading. */
  public CommandList group(String heading) {
    group = heading;
    return this;
  }

  /**
   * Adds one.
   *
   * @param name as its annotation says it too
   * @param command an object with picocli's annotations, whose call gives the exit status
   */
  public CommandList add(String name, Supplier<? extends Callable<Integer>> command) {
    entries.add(new Entry(group, name, command));
    return this;
  }

  /** The words that are known, in the order of the help. */
  public List<String> names() {
    return entries.stream().map(Entry::name).toList();
  }

  List<String> groups() {
    return entries.stream().map(Entry::group).distinct().toList();
  }

  /** The commands below a heading. */
  List<CommandLine> of(String heading) {
    List<Entry> below = entries.stream().filter(entry -> entry.group().equals(heading)).toList();
    return List.copyOf(program(below).getSubcommands().values());
  }

  /** The program with one command; empty when there is none of that name. */
  Optional<CommandLine> only(String name) {
    return entries.stream()
        .filter(entry -> entry.name().equals(name))
        .findFirst()
        .map(entry -> program(List.of(entry)));
  }

  /** The program with all of them: for what describes them. */
  CommandLine all() {
    return program(entries);
  }

  private CommandLine program(List<Entry> entries) {
    CommandSpec spec = CommandSpec.create().name(PROGRAM);
    spec.usageMessage().description("Runs Python scripts.");
    spec.addOption(
        OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .scopeType(ScopeType.INHERIT)
            .description("shows what can be typed")
            .build());
    CommandLine program = new CommandLine(spec);
    for (Entry entry : entries) {
      program.addSubcommand(entry.name(), new CommandLine(entry.command().get()));
    }
    // These go down to all commands. A key or a script may begin with @, which is no file here.
    return program
        .setExpandAtFiles(false)
        .setInterpolateVariables(false)
        .setOverwrittenOptionsAllowed(true)
        .setOut(new PrintWriter(terminal.out(), true, terminal.out().charset()))
        .setErr(new PrintWriter(terminal.err(), true, terminal.err().charset()))
        .setUsageHelpWidth(
            Math.clamp(terminal.columns().orElse(WIDEST_HELP), NARROWEST_HELP, WIDEST_HELP))
        .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
  }
}
