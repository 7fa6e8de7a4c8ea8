package io.pulzar.access;

import io.pulzar.rights.PathPattern;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Whom grants are for that is neither a user nor a token: the scripts of a folder, {@code
 * folder:finance/**}, or a group of the provider that people sign in with, {@code group:finance}.
 */
record Subject(Kind kind, String name) {

  /** Bytes of a name, so that a subject can be the key of a table. */
  private static final int LONGEST = 400;

  enum Kind {
    FOLDER,
    GROUP;

    private String prefix() {
      return name().toLowerCase(Locale.ROOT) + ":";
    }
  }

  /**
   * @throws IllegalArgumentException with a sentence about the name
   */
  Subject {
    if (name.isBlank() || name.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
      throw new IllegalArgumentException(
          "what follows " + kind.prefix() + " has 1 to " + LONGEST + " bytes");
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a subject has no control characters");
    }
    if (kind == Kind.FOLDER) {
      name = new PathPattern(name).text();
    }
  }

  /**
   * Reads {@code folder:finance/**} or {@code group:accounting}.
   *
   * @throws IllegalArgumentException with a sentence about the text
   */
  static Subject parse(String text) {
    return Arrays.stream(Kind.values())
        .filter(kind -> text.startsWith(kind.prefix()))
        .findFirst()
        .map(kind -> new Subject(kind, text.substring(kind.prefix().length())))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'" + text + "' is no subject: write folder:finance/** or group:NAME"));
  }

  /** Whether it names the folder that a script is in. */
  boolean isFolderOf(String script) {
    return kind == Kind.FOLDER && new PathPattern(name).covers(script);
  }

  /** In the form that {@link #parse} reads. */
  @Override
  public String toString() {
    return kind.prefix() + name;
  }
}
