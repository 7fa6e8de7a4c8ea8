package io.pulzar.editor;

import io.pulzar.settings.Setting;
import java.time.Duration;
import java.util.List;

/** What can be written and tried out over HTTP. */
public final class EditorSettings {

  static final Setting<Boolean> ACTIVE =
      Setting.flag(
          "pulzar.editor.active",
          true,
          "Whether scripts and extensions can be changed and tested over HTTP, by those with the right"
              + " write_scripts.");
  static final Setting<Long> LARGEST =
      Setting.size("pulzar.editor.largest", "1MB", "The largest source that is taken.");
  static final Setting<Integer> VERSIONS =
      Setting.whole(
          "pulzar.editor.versions", 100, 1, 1_000, "How many versions of a file are kept.");
  static final Setting<Duration> TEST_TIME =
      Setting.duration(
          "pulzar.editor.test-time", "1m", "How long a test run of a draft may take at most.");
  static final Setting<Integer> TEST_RUNS =
      Setting.whole(
          "pulzar.editor.test-runs",
          2,
          1,
          100,
          "How many drafts may have a test run at the same time.");

  public static final List<Setting<?>> ALL =
      List.of(ACTIVE, LARGEST, VERSIONS, TEST_TIME, TEST_RUNS);

  private EditorSettings() {}
}
