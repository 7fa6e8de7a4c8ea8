package io.pulzar.cli;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What the fish shell completes; picocli itself knows bash and zsh only. */
final class FishCompletion {

  private static final String COMPLETE = "complete -c " + CommandList.PROGRAM;

  private FishCompletion() {}

  static String of(CommandLine program) {
    StringBuilder script =
        new StringBuilder("# Completion of pulzar for fish: pulzar completion fish | source\n");
    Map<String, CommandLine> commands = program.getSubcommands();
    script.append(COMPLETE).append(" -f\n");
    commands.forEach(
        (name, command) ->
            line(script, "__fish_use_subcommand", " -a " + name, Described.summary(command)));
    commands.forEach(
        (name, command) -> {
          String typed = "__fish_seen_subcommand_from " + name;
          Described.visible(command).forEach(option -> option(script, typed, option));
          Map<String, CommandLine> below = Described.below(command);
          String none = "; and not __fish_seen_subcommand_from " + String.join(" ", below.keySet());
          below.forEach(
              (word, one) -> {
                line(script, typed + none, " -a " + word, Described.summary(one));
                String both = typed + "; and __fish_seen_subcommand_from " + word;
                Described.own(one).forEach(option -> option(script, both, option));
              });
        });
    return script.toString();
  }

  private static void option(StringBuilder script, String condition, OptionSpec option) {
    StringBuilder completed = new StringBuilder();
    for (String name : option.names()) {
      completed.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("-+", ""));
    }
    if (option.arity().max() > 0) {
      completed.append(" -r").append(candidates(option));
    }
    line(script, condition, completed.toString(), Described.description(option));
  }

  /** The words that are known; files for an option that names one. */
  private static String candidates(OptionSpec option) {
    if (option.completionCandidates() != null) {
      return StreamSupport.stream(option.completionCandidates().spliterator(), false)
          .collect(Collectors.joining(" ", " -a '", "'"));
    }
    return option.paramLabel().equals("FILE") || option.paramLabel().equals("DIR") ? " -F" : "";
  }

  private static void line(
      StringBuilder script, String condition, String completed, String description) {
    script
        .append(COMPLETE)
        .append(" -n '")
        .append(condition)
        .append('\'')
        .append(completed)
        .append(" -d '")
        .append(description.replace("\\", "\\\\").replace("'", "\\'"))
        .append("'\n");
  }
}
