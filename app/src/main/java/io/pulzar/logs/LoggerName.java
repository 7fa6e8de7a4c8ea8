package io.pulzar.logs;

import java.util.regex.Pattern;
import org.slf4j.Logger;

/** The name of a logger, which is that of a class or of a package. */
final class LoggerName {

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_$]+(?:[.-][A-Za-z0-9_$]+)*");
  private static final int LONGEST = 200;

  private LoggerName() {}

  /**
   * @throws IllegalArgumentException with a sentence about the text
   */
  static String parse(String text) {
    String name = text.strip();
    if (name.equalsIgnoreCase(Logger.ROOT_LOGGER_NAME)) {
      return Logger.ROOT_LOGGER_NAME;
    }
    if (name.length() > LONGEST || !FORM.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a logger is named like a class or package, for example io.pulzar.jobs, or root");
    }
    return name;
  }
}
