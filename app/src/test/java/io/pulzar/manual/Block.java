package io.pulzar.manual;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A block of code of the manual.
 *
 * @param page its file below the checkout, as docs/jobs.md
 * @param line of its fence, from 1
 * @param lines without what they are indented by
 * @param notRun why it can't be run here
 * @param runBy another test that runs it
 * @param setup shell commands that come before it, of what a reader has anyway
 */
record Block(
    String page,
    int line,
    String language,
    List<String> lines,
    Optional<String> notRun,
    Optional<String> runBy,
    String setup) {

  static final Set<String> SHELL = Set.of("sh", "console");
  static final Set<String> LANGUAGES =
      Set.of("sh", "console", "python", "json", "ini", "text", "yaml");

  private static final Set<String> RUN = Set.of("sh", "console", "python");

  String text() {
    return String.join("\n", lines) + "\n";
  }

  /** Whether it is something that could be run. */
  boolean isProgram() {
    return RUN.contains(language);
  }

  /** Whether ManualIT runs it. */
  boolean isRunHere() {
    return isProgram() && notRun.isEmpty() && runBy.isEmpty();
  }

  /** The file that a Python block says that it is. */
  Optional<String> file() {
    String first = lines.isEmpty() ? "" : lines.getFirst();
    return language.equals("python")
            && first.matches("# (jobs|extensions|processes)/[a-z0-9_/]+\\.py")
        ? Optional.of(first.substring(2))
        : Optional.empty();
  }

  /** The commands of a console, or all lines of a shell. */
  List<String> commands() {
    return language.equals("console")
        ? lines.stream()
            .filter(line -> line.startsWith("$ ") || line.startsWith("> "))
            .map(line -> line.substring(2))
            .toList()
        : lines;
  }

  @Override
  public String toString() {
    return page + ":" + line;
  }
}
