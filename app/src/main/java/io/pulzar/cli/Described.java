package io.pulzar.cli;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ScopeType;

/** A command in the parts that man pages, completion and the manual are made of. */
final class Described {

  /** Every command that asks a server has both. */
  private static final List<String> SERVER = List.of("--server", "--json");

  private Described() {}

  /** The commands below one, by name: picocli has them in any order where they are methods. */
  static SortedMap<String, CommandLine> below(CommandLine command) {
    return new TreeMap<>(command.getSubcommands());
  }

  /** The first sentence. */
  static String summary(CommandLine command) {
    return command.getCommandSpec().usageMessage().description()[0];
  }

  static String description(CommandLine command) {
    return String.join(" ", command.getCommandSpec().usageMessage().description());
  }

  static String description(ArgSpec argument) {
    return String.join(" ", argument.description());
  }

  /** What is typed: {@code pulzar token create [OPTION]... NAME}. */
  static String synopsis(CommandLine command) {
    return Stream.concat(
            Stream.of(command.getCommandSpec().qualifiedName(), "[OPTION]..."),
            command.getCommandSpec().positionalParameters().stream().map(Described::label))
        .collect(Collectors.joining(" "));
  }

  private static String label(PositionalParamSpec word) {
    String label = word.paramLabel() + (word.typeInfo().isMultiValue() ? "..." : "");
    return word.arity().min() == 0 ? "[" + label + "]" : label;
  }

  /** Everything that may stand there, words before options. */
  static Map<String, String> arguments(CommandLine command) {
    Map<String, String> all = new LinkedHashMap<>();
    command
        .getCommandSpec()
        .positionalParameters()
        .forEach(word -> all.put(word.paramLabel(), description(word)));
    own(command).forEach(option -> all.put(typed(option), description(option)));
    return all;
  }

  /** Its options but for those that all have. */
  static List<OptionSpec> own(CommandLine command) {
    boolean asksServer =
        SERVER.stream()
            .map(command.getCommandSpec()::findOption)
            .allMatch(option -> option != null && option.scopeType() == ScopeType.INHERIT);
    return visible(command)
        .filter(option -> !option.usageHelp())
        .filter(option -> !asksServer || !SERVER.contains(option.longestName()))
        .toList();
  }

  static Stream<OptionSpec> visible(CommandLine command) {
    return command.getCommandSpec().options().stream().filter(option -> !option.hidden());
  }

  /** {@code -o, --output FILE}. */
  static String typed(OptionSpec option) {
    String names =
        Arrays.stream(option.names())
            .sorted(Comparator.comparingInt(String::length))
            .collect(Collectors.joining(", "));
    return option.arity().max() == 0 ? names : names + " " + option.paramLabel();
  }
}
