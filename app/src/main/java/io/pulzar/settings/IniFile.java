package io.pulzar.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads {@code config/server.conf}: sections in brackets, {@code key=value} or {@code key: value},
 * whole lines of comment behind {@code #} or {@code ;}. A value is the rest of its line.
 */
final class IniFile {

  private IniFile() {}

  /**
   * @return {@code pulzar.<section>.<key>} to value, {@code pulzar.<key>} above the first section,
   *     in the file's order
   * @throws BadSettingException naming the file and the line
   */
  static Map<String, String> read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new BadSettingException(
          "the configuration file " + file + " can't be read: name another one with --config");
    }
    Map<String, String> values = new LinkedHashMap<>();
    String section = "";
    for (int number = 1; number <= lines.size(); number++) {
      String line = lines.get(number - 1).strip();
      if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
        continue;
      }
      if (line.startsWith("[") && line.endsWith("]")) {
        section = line.substring(1, line.length() - 1).strip().toLowerCase(Locale.ROOT);
        continue;
      }
      int sign = separator(line);
      if (sign < 1) {
        throw new BadSettingException(
            file + ", line " + number + ": expected key=value or a [section], got '" + line + "'");
      }
      String key = line.substring(0, sign).strip().toLowerCase(Locale.ROOT).replace('_', '-');
      String name = section.isEmpty() ? key : section + "." + key;
      values.put("pulzar." + name, line.substring(sign + 1).strip());
    }
    return values;
  }

  private static int separator(String line) {
    int equals = line.indexOf('=');
    int colon = line.indexOf(':');
    if (equals < 0 || colon < 0) {
      return Math.max(equals, colon);
    }
    return Math.min(equals, colon);
  }
}
