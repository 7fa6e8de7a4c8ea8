package io.pulzar.rights;

/**
 * A role, and where it holds.
 *
 * @param scripts the scripts, and with them their runs, logs and schedules
 * @param data the keys, text records and shared values
 */
public record Grant(AccessRole role, PathPattern scripts, PathPattern data) {

  private static final String SCRIPTS = "scripts=";
  private static final String DATA = "data=";

  /** Everything everywhere. */
  public static final Grant OF_ADMINISTRATOR =
      new Grant(AccessRole.ADMINISTRATOR, PathPattern.ALL, PathPattern.ALL);

  /**
   * Reads {@code runner}, {@code runner finance/**}, which holds for both scripts and data, or
   * {@code runner scripts=finance/** data=reports/**}.
   *
   * @throws IllegalArgumentException with a sentence about the text
   */
  public static Grant parse(String text) {
    String[] words = text.strip().split("\\s+", -1);
    AccessRole role = AccessRole.parse(words[0]);
    PathPattern scripts = PathPattern.ALL;
    PathPattern data = PathPattern.ALL;
    for (int at = 1; at < words.length; at++) {
      String word = words[at];
      if (word.startsWith(SCRIPTS)) {
        scripts = new PathPattern(word.substring(SCRIPTS.length()));
      } else if (word.startsWith(DATA)) {
        data = new PathPattern(word.substring(DATA.length()));
      } else {
        scripts = new PathPattern(word);
        data = scripts;
      }
    }
    return new Grant(role, scripts, data);
  }

  /** Whether it holds everywhere. */
  boolean everywhere() {
    return scripts.equals(PathPattern.ALL) && data.equals(PathPattern.ALL);
  }

  /** In the form that {@link #parse} reads. */
  @Override
  public String toString() {
    if (everywhere()) {
      return role.toString();
    }
    return scripts.equals(data)
        ? role + " " + scripts
        : role + " " + SCRIPTS + scripts + " " + DATA + data;
  }
}
