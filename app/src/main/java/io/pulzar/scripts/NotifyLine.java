package io.pulzar.scripts;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a docstring says behind {@code Notify:}: who is told when the script fails, and when it
 * works again. It is no limit, so whatever is wrong with it keeps no run from starting.
 *
 * @param names of receivers of alarms, which need not exist
 * @param wrong what is no name of one, or one too many
 */
public record NotifyLine(List<String> names, List<String> wrong) {

  /** What a receiver may be called. */
  public static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

  private static final int MOST = 16;

  /** Reads the names, with commas between; none of an empty text. */
  static NotifyLine parse(String text) {
    Map<Boolean, List<String>> words =
        Arrays.stream(text.split(",", -1))
            .map(String::strip)
            .filter(word -> !word.isEmpty())
            .distinct()
            .collect(Collectors.partitioningBy(word -> NAME.matcher(word).matches()));
    List<String> names = words.getOrDefault(true, List.of());
    return new NotifyLine(
        names.stream().limit(MOST).toList(),
        Stream.concat(words.getOrDefault(false, List.of()).stream(), names.stream().skip(MOST))
            .toList());
  }
}
