package io.pulzar.runner;

import io.pulzar.settings.Setting;
import java.util.List;

/** What an operator can choose about a node's runs. */
public final class RunnerSettings {

  static final Setting<Integer> WAITING =
      Setting.whole(
          "pulzar.jobs.waiting",
          16,
          0,
          1_000,
          "How many jobs of a node may wait for other jobs at a time; each keeps a worker process.");

  public static final List<Setting<?>> ALL = List.of(WAITING);

  private RunnerSettings() {}
}
