package io.pulzar.logs;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.util.FileSize;
import io.pulzar.settings.BadSettingException;
import io.pulzar.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has this process log as its settings say. */
public final class Logs {

  private static final String CONSOLE = "CONSOLE";
  private static final String FILE = "FILE";
  private static final String LOG = ".log";

  private Logs() {}

  /**
   * To be called once, when the settings are known.
   *
   * @throws BadSettingException when the directory can't be written, or a level is none
   */
  public static void begin(Settings settings) {
    begin((LoggerContext) LoggerFactory.getILoggerFactory(), LogSettings.of(settings));
  }

  static void begin(LoggerContext context, LogSettings settings) {
    ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(LogLevels.of(settings.level()));
    settings
        .levels()
        .forEach((name, level) -> context.getLogger(name).setLevel(LogLevels.of(level)));
    ConsoleAppender<ILoggingEvent> console = console(root);
    String pattern = ((PatternLayoutEncoder) console.getEncoder()).getPattern();
    if (settings.format() == LogSettings.Format.JSON) {
      console.setEncoder(started(new JsonLines(), context));
    }
    settings
        .file()
        .ifPresent(
            file ->
                root.addAppender(
                    rolling(
                        context,
                        settings,
                        file,
                        settings.format() == LogSettings.Format.JSON
                            ? new JsonLines()
                            : text(pattern))));
  }

  private static ConsoleAppender<ILoggingEvent> console(ch.qos.logback.classic.Logger root) {
    Appender<ILoggingEvent> found = root.getAppender(CONSOLE);
    if (found instanceof ConsoleAppender<ILoggingEvent> console) {
      return console;
    }
    throw new IllegalStateException("logback.xml has no appender " + CONSOLE);
  }

  private static Encoder<ILoggingEvent> text(String pattern) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setPattern(pattern);
    return encoder;
  }

  private static Appender<ILoggingEvent> rolling(
      LoggerContext context, LogSettings settings, Path file, Encoder<ILoggingEvent> encoder) {
    requireWritable(file);
    RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
    appender.setContext(context);
    appender.setName(FILE);
    appender.setFile(file.toString());
    appender.setEncoder(started(encoder, context));
    SizeAndTimeBasedRollingPolicy<ILoggingEvent> policy = new SizeAndTimeBasedRollingPolicy<>();
    policy.setContext(context);
    policy.setParent(appender);
    String name = file.getFileName().toString();
    policy.setFileNamePattern(
        file.resolveSibling(
                name.substring(0, name.length() - LOG.length()) + "-%d{yyyy-MM-dd}.%i.log.gz")
            .toString());
    policy.setMaxFileSize(new FileSize(settings.fileBytes()));
    policy.setMaxHistory(settings.days());
    policy.setTotalSizeCap(new FileSize(settings.totalBytes()));
    policy.setCleanHistoryOnStart(true);
    appender.setRollingPolicy(policy);
    policy.start();
    appender.start();
    return appender;
  }

  /** Logback would only say so itself, where nobody looks. */
  private static void requireWritable(Path file) {
    try {
      Files.createDirectories(file.getParent());
      if (Files.exists(file) ? Files.isWritable(file) : Files.isWritable(file.getParent())) {
        return;
      }
    } catch (IOException e) {
      throw unusable(file, e.toString());
    }
    throw unusable(file, "this user may not write there");
  }

  private static BadSettingException unusable(Path file, String why) {
    return new BadSettingException(
        LogSettingList.DIRECTORY
            + ": "
            + file
            + " can't be written; choose another directory, or none ("
            + why
            + ")");
  }

  private static <E extends Encoder<ILoggingEvent>> E started(E encoder, LoggerContext context) {
    encoder.setContext(context);
    encoder.start();
    return encoder;
  }
}
