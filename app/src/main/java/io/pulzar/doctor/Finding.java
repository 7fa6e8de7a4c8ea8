package io.pulzar.doctor;

import java.util.Locale;

/**
 * What was found out about one thing.
 *
 * @param detail what it is
 * @param cure what to do; empty when there is nothing to do
 */
record Finding(Grade grade, String subject, String detail, String cure) {

  /** How bad it is. */
  enum Grade {
    GOOD("ok  "),
    POOR("poor"),
    BAD("BAD ");

    private final String word;

    Grade(String word) {
      this.word = word;
    }
  }

  static Finding good(String subject, String detail) {
    return new Finding(Grade.GOOD, subject, detail, "");
  }

  static Finding poor(String subject, String detail, String cure) {
    return new Finding(Grade.POOR, subject, detail, cure);
  }

  static Finding bad(String subject, String detail, String cure) {
    return new Finding(Grade.BAD, subject, detail, cure);
  }

  /** In one word, as JSON has it. */
  String word() {
    return grade.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    String line = "%s  %-16s %s".formatted(grade.word, subject, detail);
    return cure.isEmpty() ? line : line + System.lineSeparator() + " ".repeat(23) + "-> " + cure;
  }
}
