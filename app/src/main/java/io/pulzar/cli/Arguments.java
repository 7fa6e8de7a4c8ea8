package io.pulzar.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What was typed after a command, taken apart: {@code --name value}, {@code --name=value}, {@code
 * --flag}, and words. After {@code --} everything is a word.
 */
public final class Arguments {

  private final List<String> words = new ArrayList<>();
  private final Map<String, List<String>> values = new HashMap<>();

  private Arguments() {}

  /**
   * Takes arguments apart.
   *
   * @param valued options that a value follows, with their dashes
   * @param flags options without one
   * @throws UsageException when an option is unknown, or has no value, or has one too many
   */
  public static Arguments parse(List<String> typed, Set<String> valued, Set<String> flags) {
    Arguments arguments = new Arguments();
    int at = 0;
    while (at < typed.size()) {
      String word = typed.get(at);
      at++;
      if (word.equals("--")) {
        arguments.words.addAll(typed.subList(at, typed.size()));
        break;
      }
      if (!word.startsWith("--")) {
        arguments.words.add(word);
        continue;
      }
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      if (flags.contains(name) && equals < 0) {
        arguments.add(name, "");
      } else if (!valued.contains(name)) {
        throw unknown(word, valued, flags);
      } else if (equals >= 0) {
        arguments.add(name, word.substring(equals + 1));
      } else if (at < typed.size()) {
        arguments.add(name, typed.get(at));
        at++;
      } else {
        throw new UsageException(name + " needs a value after it");
      }
    }
    return arguments;
  }

  private static UsageException unknown(String word, Set<String> valued, Set<String> flags) {
    Set<String> known = new TreeSet<>(valued);
    known.addAll(flags);
    return new UsageException(
        "unknown option "
            + word
            + "; "
            + (known.isEmpty() ? "there are none here" : "known are " + String.join(" ", known)));
  }

  private void add(String name, String value) {
    values.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
  }

  /** What is not an option, in order. */
  public List<String> words() {
    return List.copyOf(words);
  }

  public boolean has(String flag) {
    return values.containsKey(flag);
  }

  /** The last value of an option. */
  public Optional<String> value(String option) {
    List<String> all = all(option);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }

  /** Every value of an option, in order. */
  public List<String> all(String option) {
    return List.copyOf(values.getOrDefault(option, List.of()));
  }
}
