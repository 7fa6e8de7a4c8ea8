package io.pulzar.polyglot.host.characters;

import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.host.CallArguments;
import io.pulzar.polyglot.host.HostService;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.graalvm.shadowed.com.ibm.icu.lang.UCharacter;
import org.graalvm.shadowed.com.ibm.icu.lang.UProperty;
import org.graalvm.shadowed.com.ibm.icu.text.Normalizer2;
import org.jspecify.annotations.Nullable;

/** Properties of one character, given by its code, and the code of a name. */
public final class CharactersService implements HostService {

  private static final int FIRST_HANGUL_SYLLABLE = 0xAC00;
  private static final int LAST_HANGUL_SYLLABLE = 0xD7A3;

  /** By ICU's numbers of decomposition types, as the database writes them. */
  private static final List<String> TAGS =
      List.of(
          "",
          "",
          "compat",
          "circle",
          "final",
          "font",
          "fraction",
          "initial",
          "isolated",
          "medial",
          "narrow",
          "noBreak",
          "small",
          "square",
          "sub",
          "super",
          "vertical",
          "wide");

  @Override
  public @Nullable Object call(String operation, CallArguments arguments) throws HostCallException {
    return switch (operation) {
      case "mirrored" -> UCharacter.isMirrored(arguments.integer(0)) ? 1 : 0;
      case "decomposition" -> decomposition(arguments.integer(0));
      case "numeric" -> numeric(arguments.integer(0));
      case "named" -> named(arguments.text(0));
      default -> throw HostService.unknown("characters", operation);
    };
  }

  /** Null when no character has that name; aliases are not looked at. */
  private static @Nullable Integer named(String name) {
    int code = UCharacter.getCharFromName(name);
    return code < 0 ? null : code;
  }

  private static double numeric(int code) throws HostCallException {
    double value = UCharacter.getUnicodeNumericValue(code);
    if (value == UCharacter.NO_NUMERIC_VALUE) {
      throw new HostCallException("ValueError", "not a numeric character");
    }
    return value;
  }

  /** One step, with the kind in front; those of Hangul are computed, and in no database. */
  private static String decomposition(int code) {
    if (code >= FIRST_HANGUL_SYLLABLE && code <= LAST_HANGUL_SYLLABLE) {
      return "";
    }
    String canonical = Normalizer2.getNFCInstance().getRawDecomposition(code);
    if (canonical != null) {
      return codes(canonical);
    }
    @Nullable String other = Normalizer2.getNFKCInstance().getRawDecomposition(code);
    if (other == null) {
      return "";
    }
    String tag = TAGS.get(UCharacter.getIntPropertyValue(code, UProperty.DECOMPOSITION_TYPE));
    return "<" + tag + "> " + codes(other);
  }

  private static String codes(String text) {
    return text.codePoints()
        .mapToObj(code -> String.format(Locale.ROOT, "%04X", code))
        .collect(Collectors.joining(" "));
  }
}
