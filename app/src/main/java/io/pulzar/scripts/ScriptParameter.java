package io.pulzar.scripts;

import io.micronaut.json.tree.JsonNode;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A parameter of a script, as its signature or its docstring names it.
 *
 * @param kind what it must be; OTHER where that is not said plainly
 * @param nullable whether null will do
 * @param required whether it must be there
 */
public record ScriptParameter(String name, Kind kind, boolean nullable, boolean required) {

  /** Types that both JSON and Python have. The worker converts by the same rules. */
  public enum Kind {
    INT("a whole number (int)"),
    FLOAT("a number (float)"),
    BOOL("true or false (bool)"),
    STR("a text (str)"),
    LIST("a list"),
    DICT("an object (dict)"),
    OTHER("anything");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** The kind that an annotation names: {@code int}, {@code list[str]}, {@code typing.Dict}. */
    static Kind of(String annotation) {
      String name = annotation.replaceFirst("\\[.*", "").strip();
      return switch (name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)) {
        case "int" -> INT;
        case "float" -> FLOAT;
        case "bool" -> BOOL;
        case "str" -> STR;
        case "list" -> LIST;
        case "dict" -> DICT;
        default -> OTHER;
      };
    }
  }

  private static final int MOST_SHOWN = 40;
  private static final Pattern WHOLE = Pattern.compile("\\s*[+-]?\\d+(?:_\\d+)*\\s*");
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?i)\\s*[+-]?(?:\\d+\\.?\\d*(?:e[+-]?\\d+)?|\\.\\d+(?:e[+-]?\\d+)?|inf|infinity|nan)\\s*");
  private static final Pattern FLAG = Pattern.compile("(?i)true|false|0|1");

  /** Why a value will not do, as a sentence that names the parameter; empty when it will. */
  public Optional<String> problem(JsonNode value) {
    return problemUnseen(value).map(sentence -> sentence + ", not " + shown(value));
  }

  /** The same, without the value in it. */
  Optional<String> problemUnseen(JsonNode value) {
    boolean fits =
        switch (kind) {
          case OTHER -> true;
          case INT -> isWhole(value) || matches(WHOLE, value);
          case FLOAT -> value.isNumber() || matches(NUMBER, value);
          case BOOL -> value.isBoolean() || isFlag(value) || matches(FLAG, value);
          case STR -> value.isString() || value.isNumber();
          case LIST -> value.isArray();
          case DICT -> value.isObject();
        };
    return fits || (value.isNull() && nullable)
        ? Optional.empty()
        : Optional.of(name + " must be " + kind.words);
  }

  private static boolean isWhole(JsonNode value) {
    return value.isNumber() && value.getBigDecimalValue().stripTrailingZeros().scale() <= 0;
  }

  private static boolean isFlag(JsonNode value) {
    return isWhole(value) && matchesText(FLAG, value.getBigIntegerValue().toString());
  }

  private static boolean matches(Pattern pattern, JsonNode value) {
    return value.isString() && matchesText(pattern, value.getStringValue());
  }

  private static boolean matchesText(Pattern pattern, String text) {
    return pattern.matcher(text).matches();
  }

  private static String shown(JsonNode value) {
    if (value.isArray()) {
      return "a list";
    }
    if (value.isObject()) {
      return "an object";
    }
    String text = value.isString() ? '"' + value.getStringValue() + '"' : value.coerceStringValue();
    return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…";
  }
}
