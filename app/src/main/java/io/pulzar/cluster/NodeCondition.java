package io.pulzar.cluster;

import com.sun.management.OperatingSystemMXBean;
import io.pulzar.polyglot.PythonRuntime;
import io.pulzar.polyglot.RuntimeStatus;
import io.pulzar.roles.OnNode;
import io.pulzar.roles.Version;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oshi.SystemInfo;
import oshi.hardware.GlobalMemory;

/**
 * Looks at the machine: disk, processors, memory, workers. The JDK tells of processors and disk,
 * and respects the limits of a container; of memory it does not tell what caches would give back,
 * which OSHI does.
 */
@OnNode
@Singleton
final class NodeCondition {

  private static final Logger LOG = LoggerFactory.getLogger(NodeCondition.class);

  private final NodeIdentity identity;
  private final Path volume;
  private final PythonRuntime python;
  private final List<String> labels;
  private final List<NodeCount> counts;

  NodeCondition(
      NodeIdentity identity, Settings settings, PythonRuntime python, List<NodeCount> counts) {
    this.labels = NodeLabels.of(settings);
    this.counts = counts;
    this.identity = identity;
    this.volume = ServerSettings.volume(settings);
    this.python = python;
  }

  NodeFacts facts(int port) {
    RuntimeStatus workers = python.status();
    double percent = 0;
    long free = 0;
    try {
      FileStore disk = Files.getFileStore(volume);
      long total = Math.max(1, disk.getTotalSpace());
      free = disk.getUsableSpace();
      percent = rounded(100.0 * (total - free) / total);
    } catch (IOException e) {
      LOG.warn("the disk of {} can't be looked at: {}", volume, e.toString());
    }
    return new NodeFacts(
        identity.name(),
        identity.id(),
        identity.url(port),
        percent,
        free,
        load(),
        memory(),
        workers.slots(),
        Math.max(0, workers.slots() - workers.busy() - workers.waiting()),
        Version.CURRENT,
        workers.compiled(),
        labels,
        counts.stream().collect(Collectors.toMap(NodeCount::what, NodeCount::count)),
        NodeWorker.of(python));
  }

  private static double load() {
    double share = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getCpuLoad();
    return share < 0 ? 0 : rounded(100 * share);
  }

  private static double memory() {
    GlobalMemory memory = Memory.OF_THIS_MACHINE;
    long total = Math.max(1, memory.getTotal());
    return rounded(100.0 * (total - memory.getAvailable()) / total);
  }

  private static double rounded(double percent) {
    return Math.round(percent * 10) / 10.0;
  }

  /** OSHI takes its time to load: the first heartbeat waits for it, the start does not. */
  private static final class Memory {
    static final GlobalMemory OF_THIS_MACHINE = new SystemInfo().getHardware().getMemory();
  }
}
