package io.pulzar;

import io.pulzar.settings.Setting;
import java.util.Comparator;
import java.util.List;

/** Writes {@code docs/settings.md} from the settings themselves; a test compares them. */
final class SettingsPage {

  private static final String HEAD =
      """
      # Settings

      A setting is named `pulzar.<section>.<key>`. It can be written, the later winning,

      1. in `config/server.conf`: `key=value` below `[section]`,
      2. as a property of the JVM: `-Dpulzar.section.key=value`,
      3. in the environment: `PULZAR_SECTION_KEY=value`,
      4. on the command line: `--set pulzar.section.key=value`.

      Durations are written `250ms`, `30s`, `15m`, `12h`, `7d`; sizes `64KB`, `512MB`, `2GB`. A relative path starts at the
      installation, or at the working directory when it was typed. An unknown name stops the start.

      This page is generated; `pulzar help settings` prints it.

      | setting | default | what it is |
      |---|---|---|
      """;

  private SettingsPage() {}

  static String render(List<Setting<?>> settings) {
    StringBuilder page = new StringBuilder(HEAD);
    settings.stream()
        .sorted(Comparator.comparing(Setting::name))
        .forEach(
            setting ->
                page.append("| `")
                    .append(setting.name())
                    .append("` | ")
                    .append(setting.shownDefault())
                    .append(" | ")
                    .append(setting.description().replace("<", "&lt;"))
                    .append(" (")
                    .append(setting.form())
                    .append(") |\n"));
    return page.toString();
  }
}
