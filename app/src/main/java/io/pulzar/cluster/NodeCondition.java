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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the machine: disk, processors, workers. The JDK tells all of it, respects the limits of
 * a container, and needs no native library at the start.
 */
@OnNode
@Singleton
final class NodeCondition {

  private static final Logger LOG = LoggerFactory.getLogger(NodeCondition.class);

  private final NodeIdentity identity;
  private final Path volume;
  private final PythonRuntime python;

  NodeCondition(NodeIdentity identity, Settings settings, PythonRuntime python) {
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
        workers.slots(),
        Math.max(0, workers.slots() - workers.busy() - workers.waiting()),
        Version.CURRENT,
        workers.compiled());
  }

  private static double load() {
    double share = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getCpuLoad();
    return share < 0 ? 0 : rounded(100 * share);
  }

  private static double rounded(double percent) {
    return Math.round(percent * 10) / 10.0;
  }
}
