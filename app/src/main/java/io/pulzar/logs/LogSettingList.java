package io.pulzar.logs;

import io.pulzar.settings.Setting;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The feature's settings. */
public final class LogSettingList {

  static final Setting<LogSettings.Format> FORMAT =
      Setting.choice(
          "pulzar.log.format",
          LogSettings.Format.TEXT,
          "How lines of the log look, on the console and in files: for people, or one JSON object a"
              + " line.");

  static final Setting<LogSettings.Level> LEVEL =
      Setting.choice(
          "pulzar.log.level", LogSettings.Level.INFO, "From what a line tells on it is written.");

  static final Setting<List<String>> LEVELS =
      Setting.list(
          "pulzar.log.levels",
          "",
          "Other levels for parts of the program, with commas between: io.pulzar.jobs=debug,"
              + " io.netty=info. PUT /admin/log_level changes them while the server runs.");

  static final Setting<Optional<Path>> DIRECTORY =
      Setting.optionalPath(
          "pulzar.log.dir",
          "Where log files are written besides the console: pulzar.log, or pulzar-master.log and"
              + " pulzar-node.log for a process that is only that; none when it is empty.");

  static final Setting<Long> FILE_SIZE =
      Setting.size(
          "pulzar.log.file-size",
          "20MB",
          "A log file of this size is closed, compressed and followed by the next; so is that of a"
              + " day that is over.");

  static final Setting<Integer> DAYS =
      Setting.whole("pulzar.log.days", 30, 1, 3_650, "How many days closed log files are kept.");

  static final Setting<Long> TOTAL =
      Setting.size(
          "pulzar.log.total",
          "1GB",
          "What closed log files may take together; the oldest are deleted first.");

  public static final List<Setting<?>> ALL =
      List.of(FORMAT, LEVEL, LEVELS, DIRECTORY, FILE_SIZE, DAYS, TOTAL);

  private LogSettingList() {}
}
