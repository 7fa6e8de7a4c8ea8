package io.pulzar.rights;

import java.util.Locale;

/** What a request needs; a route names it with {@code @Secured}. */
public enum Right {
  /** See scripts, runs, schedules and nodes. */
  VIEW,
  /** Launch scripts and call extensions. */
  RUN,
  /** Cancel, pause, drain. */
  OPERATE,
  /** Change scripts. */
  WRITE_SCRIPTS,
  /** Read keys, text records and shared values. */
  READ_DATA,
  /** Write and delete them. */
  WRITE_DATA,
  /** Everything else: people, tokens, settings, backups. */
  ADMINISTER;

  /** As annotations, texts and JSON name it: {@code write_scripts}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
