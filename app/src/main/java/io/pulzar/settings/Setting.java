package io.pulzar.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One setting: its name, its type, its default and what it means.
 *
 * @param <T> what its text is read as
 */
public final class Setting<T> {

  private static final Pattern NAME = Pattern.compile("pulzar(\\.[a-z0-9-]+)+");

  private final String name;
  private final String form;
  private final String defaultText;
  private final String shownDefault;
  private final String description;
  private final boolean secret;
  private final Function<String, T> parser;

  private Setting(
      String name,
      String form,
      String defaultText,
      String description,
      boolean secret,
      Function<String, T> parser) {
    this(
        name,
        form,
        defaultText,
        defaultText.isEmpty() ? "" : "`" + defaultText + "`",
        description,
        secret,
        parser);
  }

  private Setting(
      String name,
      String form,
      String defaultText,
      String shownDefault,
      String description,
      boolean secret,
      Function<String, T> parser) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a setting is named pulzar.<key> or pulzar.<section>.<key> in lower case, got " + name);
    }
    this.name = name;
    this.form = form;
    this.defaultText = defaultText;
    this.shownDefault = shownDefault;
    this.description = description;
    this.secret = secret;
    this.parser = parser;
  }

  public static Setting<String> text(String name, String defaultText, String description) {
    return new Setting<>(name, "text", defaultText, description, false, Function.identity());
  }

  /** Absent when it is empty or Python's {@code None}. */
  public static Setting<Optional<String>> optionalText(String name, String description) {
    return new Setting<>(name, "text", "", description, false, Setting::unlessEmpty);
  }

  /** Like {@link #optionalText}, and never shown in logs, errors or to scripts. */
  public static Setting<Optional<String>> secret(String name, String description) {
    return new Setting<>(name, "secret", "", description, true, Setting::unlessEmpty);
  }

  /** What stands between commas, without blanks around it; none when it is empty. */
  public static Setting<List<String>> list(String name, String defaultText, String description) {
    return new Setting<>(
        name,
        "list",
        defaultText,
        description,
        false,
        text ->
            Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty() && !part.equals("None"))
                .toList());
  }

  public static Setting<Integer> whole(
      String name, int defaultValue, int least, int most, String description) {
    return new Setting<>(
        name,
        most == Integer.MAX_VALUE
            ? "number, at least " + least
            : "number, " + least + " to " + most,
        Integer.toString(defaultValue),
        description,
        false,
        text -> number(text, least, most));
  }

  public static Setting<Boolean> flag(String name, boolean defaultValue, String description) {
    return new Setting<>(
        name, "true or false", Boolean.toString(defaultValue), description, false, Setting::truth);
  }

  public static Setting<Duration> duration(String name, String defaultText, String description) {
    return new Setting<>(name, "duration", defaultText, description, false, DurationText::parse);
  }

  /** In bytes. */
  public static Setting<Long> size(String name, String defaultText, String description) {
    return new Setting<>(name, "size", defaultText, description, false, SizeText::parse);
  }

  /** Relative paths have been made absolute by the time it is read; see {@link SettingsReader}. */
  public static Setting<Path> path(String name, String defaultText, String description) {
    return new Setting<>(name, PATH, defaultText, description, false, Path::of);
  }

  /** Absent when it is empty. */
  public static Setting<Optional<Path>> optionalPath(String name, String description) {
    return new Setting<>(
        name, PATH, "", description, false, text -> unlessEmpty(text).map(Path::of));
  }

  /** The same setting, whose default the documentation says in words because machines differ. */
  public Setting<T> defaultInWords(String words) {
    return new Setting<>(name, form, defaultText, words, description, secret, parser);
  }

  /** One of an enum's constants, in lower case. */
  public static <E extends Enum<E>> Setting<E> choice(
      String name, E defaultValue, String description) {
    List<E> values = Arrays.asList(defaultValue.getDeclaringClass().getEnumConstants());
    String form = values.stream().map(Setting::word).collect(Collectors.joining(", "));
    return new Setting<>(
        name,
        "one of " + form,
        word(defaultValue),
        description,
        false,
        text ->
            values.stream()
                .filter(value -> word(value).equals(spelt(text)))
                .findFirst()
                .orElseThrow(
                    () -> new IllegalArgumentException("'" + text + "' is not one of " + form)));
  }

  private static final String PATH = "path";

  /** Words of request bodies have an underscore where settings have a dash; both are read. */
  private static String spelt(String text) {
    return text.trim().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Optional<String> unlessEmpty(String text) {
    return text.isBlank() || text.equals("None") ? Optional.empty() : Optional.of(text);
  }

  private static int number(String text, int least, int most) {
    try {
      int value = Integer.parseInt(text.trim());
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is not a whole number", e);
    }
    throw new IllegalArgumentException(
        most == Integer.MAX_VALUE
            ? "it must be at least " + least + ", got " + text
            : "it must be from " + least + " to " + most + ", got " + text);
  }

  private static boolean truth(String text) {
    return switch (text.trim().toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on", "1" -> true;
      case "false", "no", "off", "0", "none" -> false;
      default -> throw new IllegalArgumentException("'" + text + "' is neither true nor false");
    };
  }

  /** For example {@code pulzar.jobs.timeout}. */
  public String name() {
    return name;
  }

  /** For example {@code PULZAR_JOBS_TIMEOUT}. */
  public String environmentVariable() {
    return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** What its text must look like, for the documentation. */
  public String form() {
    return form;
  }

  public String defaultText() {
    return defaultText;
  }

  /** The default for the documentation; where it depends on the machine, in words. */
  public String shownDefault() {
    return shownDefault;
  }

  public String description() {
    return description;
  }

  public boolean isSecret() {
    return secret;
  }

  boolean isPath() {
    return form.equals(PATH);
  }

  /**
   * @throws IllegalArgumentException with a sentence about the text
   */
  T parse(String text) {
    return parser.apply(text);
  }

  @Override
  public String toString() {
    return name;
  }
}
