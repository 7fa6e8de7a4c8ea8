package io.pulzar.scripts;

import io.pulzar.settings.Setting;
import java.time.Duration;
import java.util.List;

/** What an operator can choose about scripts. */
public final class ScriptSettings {

  static final Setting<Boolean> DISTRIBUTE =
      Setting.flag(
          "pulzar.jobs.distribute",
          false,
          "Whether the master sends the scripts of its jobs directory to the nodes; set it on the"
              + " master.");
  static final Setting<Long> DISTRIBUTED_SIZE =
      Setting.size(
          "pulzar.jobs.distributed-size",
          "64MB",
          "The most that the distributed files may have together; with more, nodes keep what they"
              + " have.");

  static final Setting<Duration> KEPT =
      Setting.duration(
          "pulzar.jobs.distributed-kept",
          "7d",
          "How long a node keeps distributed files that the master does not list any more.");

  public static final Setting<List<String>> RUNTIMES =
      Setting.list(
          "pulzar.jobs.runtimes",
          "",
          "Which Python runs the scripts of a directory that do not say so themselves: "
              + "legacy=python2, numbers/big=cpython; set it on the master.");

  public static final List<Setting<?>> ALL = List.of(DISTRIBUTE, DISTRIBUTED_SIZE, KEPT, RUNTIMES);

  private ScriptSettings() {}
}
