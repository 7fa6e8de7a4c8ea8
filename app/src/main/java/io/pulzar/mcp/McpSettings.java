package io.pulzar.mcp;

import io.pulzar.settings.Setting;
import io.pulzar.settings.Settings;
import java.time.Duration;
import java.util.List;

/**
 * What agents get.
 *
 * @param enabled whether they are answered at all
 * @param patience how long a call waits for its run to end
 * @param page tools in one answer
 * @param answerBytes of each text of an answer
 */
public record McpSettings(boolean enabled, Duration patience, int page, int answerBytes) {

  static final Setting<Boolean> ENABLED =
      Setting.flag(
          "pulzar.mcp.enabled",
          false,
          "Whether POST /mcp offers the scripts to AI agents as tools, by the Model Context Protocol;"
              + " each token with its own rights.");

  static final Setting<Duration> WAIT =
      Setting.duration(
          "pulzar.mcp.wait",
          "45s",
          "How long a tool's call waits for its run; then the answer names the job, which is asked"
              + " for later. Most clients give up after 60s.");

  static final Setting<Integer> PAGE =
      Setting.whole("pulzar.mcp.page", 100, 1, 1_000, "How many tools one page of the list has.");

  static final Setting<Long> ANSWER =
      Setting.size(
          "pulzar.mcp.answer",
          "64KB",
          "How much of a run's output, log and result an answer has: an agent reads all of it. At"
              + " most 16MB.");

  public static final List<Setting<?>> ALL = List.of(ENABLED, WAIT, PAGE, ANSWER);

  private static final long LEAST = 1 << 10;
  private static final long MOST = 16 << 20;

  static McpSettings of(Settings settings) {
    return new McpSettings(
        settings.get(ENABLED),
        settings.get(WAIT),
        settings.get(PAGE),
        (int) Math.clamp(settings.get(ANSWER), LEAST, MOST));
  }
}
