package io.pulzar.python;

import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.CentralProcessor.TickType;
import oshi.hardware.GlobalMemory;
import oshi.hardware.HardwareAbstractionLayer;

/** {@code system.facts}: what the machine is made of and how busy it is. */
@Singleton
final class SystemFactsService implements ScriptService {

  private static final Path LINUX_MEMORY = Path.of("/proc/meminfo");

  private final JsonMapper json;

  SystemFactsService(JsonMapper json) {
    this.json = json;
  }

  @Override
  public String name() {
    return "system.facts";
  }

  @Override
  public String answer(ScriptRun run, String arguments) throws IOException {
    HardwareAbstractionLayer hardware = Hardware.OF_THIS_MACHINE;
    CentralProcessor processor = hardware.getProcessor();
    // The directory itself is there only once the script used it.
    FileStore store = Files.getFileStore(run.scratch().resolveSibling("."));
    return json.writeValueAsString(
        new SystemFacts(
            processor.getLogicalProcessorCount(),
            processor.getPhysicalProcessorCount(),
            load(processor),
            ticks(processor),
            memory(hardware.getMemory()),
            new SystemFacts.Disk(
                store.getTotalSpace(), store.getUnallocatedSpace(), store.getUsableSpace())));
  }

  private static @Nullable List<Double> load(CentralProcessor processor) {
    double[] averages = processor.getSystemLoadAverage(3);
    return averages.length < 3 || averages[0] < 0 ? null : Arrays.stream(averages).boxed().toList();
  }

  private static List<List<Long>> ticks(CentralProcessor processor) {
    return Arrays.stream(processor.getProcessorCpuLoadTicks())
        .map(
            ticks -> {
              long total = LongStream.of(ticks).sum();
              long idle = ticks[TickType.IDLE.getIndex()] + ticks[TickType.IOWAIT.getIndex()];
              return List.of(total - idle, total);
            })
        .toList();
  }

  private static SystemFacts.Memory memory(GlobalMemory memory) throws IOException {
    return new SystemFacts.Memory(memory.getTotal(), memory.getAvailable(), free());
  }

  private static @Nullable Long free() throws IOException {
    if (!Files.isReadable(LINUX_MEMORY)) {
      return null;
    }
    for (String line : Files.readAllLines(LINUX_MEMORY)) {
      if (line.startsWith("MemFree:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
      }
    }
    return null;
  }

  /** OSHI takes its time to load, and most servers' scripts never ask. */
  private static final class Hardware {
    static final HardwareAbstractionLayer OF_THIS_MACHINE = new SystemInfo().getHardware();
  }
}
