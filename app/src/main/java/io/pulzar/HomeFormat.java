package io.pulzar;

import io.pulzar.roles.Version;
import io.pulzar.settings.BadSettingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * What a home says about how it is laid out, in the file {@code pulzar.format}: the format on the
 * first line, and on the second the version that last served from it. A home without one was made
 * before there were such files; it has format 1. Databases tell the format of their tables
 * themselves.
 */
final class HomeFormat {

  /** The layout that this program writes. Raise it with a change that older programs can't read. */
  static final int CURRENT = 2;

  static final String FILE = "pulzar.format";

  private HomeFormat() {}

  /**
   * Checks the format of a home, and notes that it is in use by this version.
   *
   * @throws BadSettingException when a newer program laid it out
   */
  static void check(Path home) {
    Path file = home.resolve(FILE);
    List<String> wanted = List.of(Integer.toString(CURRENT), Version.CURRENT);
    try {
      List<String> found =
          Files.exists(file) ? Files.readAllLines(file, StandardCharsets.UTF_8) : List.of();
      int format = found.isEmpty() ? 1 : format(file, found.getFirst());
      if (format > CURRENT) {
        throw new BadSettingException(
            home
                + " was written by a newer Pulzar"
                + (found.size() > 1 ? " (" + found.get(1) + ")" : "")
                + ", in format "
                + format
                + "; this one is "
                + Version.CURRENT
                + " and knows "
                + CURRENT
                + ": use that version or a later one, or choose another --home");
      }
      if (!found.equals(wanted)) {
        Path whole = file.resolveSibling(FILE + ".new");
        Files.write(whole, wanted, StandardCharsets.UTF_8);
        Files.move(
            whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new BadSettingException(
          file + " can't be read or written: choose another --home (" + e.getMessage() + ")");
    }
  }

  private static int format(Path file, String line) {
    try {
      return Integer.parseInt(line.strip());
    } catch (NumberFormatException damaged) {
      throw new BadSettingException(
          file + " is damaged: its first line is no number; restore it, or write " + CURRENT);
    }
  }
}
