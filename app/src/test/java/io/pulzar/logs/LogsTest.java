package io.pulzar.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.pulzar.Await;
import io.pulzar.TestServer;
import io.pulzar.settings.BadSettingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

final class LogsTest {

  private static final String NAME = "io.pulzar.Example";

  @TempDir private Path directory;
  private final LoggerContext context = new LoggerContext();
  private final ByteArrayOutputStream console = new ByteArrayOutputStream();

  @BeforeEach
  void configure() throws JoranException {
    context.setMDCAdapter(((LoggerContext) LoggerFactory.getILoggerFactory()).getMDCAdapter());
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(Objects.requireNonNull(getClass().getResource("/logback.xml")));
  }

  @AfterEach
  void stop() {
    context.stop();
    MDC.clear();
  }

  private Logger begin(Map<String, String> settings) {
    Logs.begin(context, LogSettings.of(TestServer.settings(directory, settings)));
    ((ConsoleAppender<ILoggingEvent>)
            context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("CONSOLE"))
        .setOutputStream(console);
    return context.getLogger(NAME);
  }

  private List<String> lines() {
    return console.toString(UTF_8).lines().toList();
  }

  @Test
  void aTextLineHasTimeLevelLoggerAndMessage() {
    begin(Map.of()).info("it works for {}", "Jane");
    assertThat(lines())
        .singleElement()
        .asString()
        .matches(
            "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z INFO  Example - it works for Jane");
  }

  @Test
  void aLineAboutARunSaysWhichUntilThatIsOver() {
    Logger log = begin(Map.of());
    try (RunFields _ = RunFields.of(7, "finance/report")) {
      log.info("it waits");
    }
    log.info("all is well");
    assertThat(lines()).hasSize(2);
    assertThat(lines().getFirst()).contains("it waits [", "job=7", "script=finance/report");
    assertThat(lines().getLast()).endsWith("all is well");
  }

  @Test
  void aJsonLineHasItsFieldsAndThoseOfItsRun() throws IOException {
    Logger log = begin(Map.of("pulzar.log.format", "json"));
    try (RunFields _ = RunFields.of(7, "finance/report")) {
      log.warn("a \"quoted\" word\nand another line: \u2028 \u0001 é 😀");
    }
    Map<String, Object> line = read(lines().getFirst());
    assertThat(lines()).hasSize(1);
    assertThat(line)
        .containsEntry("level", "WARN")
        .containsEntry("logger", NAME)
        .containsEntry("thread", Thread.currentThread().getName())
        .containsEntry("message", "a \"quoted\" word\nand another line: \u2028 \u0001 é 😀")
        .containsEntry("job", "7")
        .containsEntry("script", "finance/report")
        .doesNotContainKeys("error", "stack");
    assertThat(String.valueOf(line.get("timestamp"))).endsWith("Z").hasSize(24);
    assertThat(Instant.parse(String.valueOf(line.get("timestamp"))))
        .isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
  }

  @Test
  void whatWasThrownIsInOneJsonLineWithItsStackAndItsCause() throws IOException {
    begin(Map.of("pulzar.log.format", "json"))
        .error("it failed", new IllegalStateException("no", new IOException("the disk")));
    assertThat(lines()).hasSize(1);
    Map<String, Object> line = read(lines().getFirst());
    assertThat(line).containsEntry("error", "java.lang.IllegalStateException: no");
    assertThat(String.valueOf(line.get("stack")))
        .contains("LogsTest", "Caused by: java.io.IOException: the disk");
  }

  @Test
  void levelsHoldForAllAndForParts() {
    Logger log =
        begin(
            Map.of(
                "pulzar.log.level",
                "error",
                "pulzar.log.levels",
                "io.pulzar.Example=debug, io.netty=info"));
    log.debug("seen");
    context.getLogger("io.pulzar.Other").warn("not seen");
    context.getLogger("io.netty.Something").info("seen too");
    assertThat(lines()).hasSize(2);
  }

  @Test
  void aLevelThatIsNoneIsRefusedByName() {
    assertThatThrownBy(() -> begin(Map.of("pulzar.log.levels", "io.pulzar=loud")))
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining("pulzar.log.levels")
        .hasMessageContaining("'loud' is no level");
    assertThatThrownBy(() -> begin(Map.of("pulzar.log.levels", "loud")))
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining("a logger is named like a class");
    assertThatThrownBy(() -> TestServer.settings(directory, Map.of("pulzar.log.level", "loud")))
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining("pulzar.log.level");
  }

  @Test
  void withoutADirectoryThereIsNoFile() throws IOException {
    begin(Map.of()).info("only here");
    try (Stream<Path> files = Files.walk(directory)) {
      assertThat(files.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void eachKindOfProcessHasItsOwnFileInTheSameForm() throws IOException {
    Path logs = directory.resolve("new/log");
    begin(
            Map.of(
                "pulzar.log.dir", logs.toString(),
                "pulzar.log.format", "json",
                "pulzar.server.role", "node"))
        .info("a line");
    assertThat(logs.resolve("pulzar-node.log"))
        .content()
        .isEqualTo(console.toString(UTF_8))
        .startsWith("{\"timestamp\":");
  }

  @Test
  void aFileThatIsFullIsFollowedByTheNextAndTheOldestGo() throws IOException {
    Path logs = Files.createDirectories(directory.resolve("log"));
    LocalDate tenDaysAgo = LocalDate.now(ZoneId.systemDefault()).minusDays(10);
    Path old = Files.writeString(logs.resolve("pulzar-" + tenDaysAgo + ".0.log.gz"), "old");
    Logger log =
        begin(
            Map.of(
                "pulzar.log.dir", logs.toString(),
                "pulzar.log.file-size", "20KB",
                "pulzar.log.total", "1MB",
                "pulzar.log.days", "3"));
    Await.until(
        "files are closed and compressed",
        () -> {
          log.info("{}", "a line that fills the file ".repeat(20));
          return files(logs).stream().filter(name -> name.endsWith(".log.gz")).count() > 2;
        });
    assertThat(Files.size(logs.resolve("pulzar.log"))).isLessThan(200_000);
    Await.until("the old one is gone", () -> !Files.exists(old));
  }

  @Test
  void allFilesTogetherStayBelowTheirBound() throws IOException {
    Path logs = directory.resolve("log");
    Logger log =
        begin(
            Map.of(
                "pulzar.log.dir", logs.toString(),
                "pulzar.log.file-size", "20KB",
                "pulzar.log.total", "30KB"));
    Await.until(
        "the first is gone again",
        () -> {
          log.info("{}", UUID.randomUUID().toString().repeat(10));
          List<String> names = files(logs);
          return names.stream().anyMatch(name -> name.endsWith(".gz"))
              && names.stream().noneMatch(name -> name.contains(".0.log.gz"));
        });
  }

  @Test
  void aDirectoryThatCannotBeWrittenIsRefusedByName() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    assertThatThrownBy(() -> begin(Map.of("pulzar.log.dir", file.resolve("log").toString())))
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining("pulzar.log.dir")
        .hasMessageContaining("choose another directory");
  }

  private static List<String> files(Path directory) {
    List<String> names = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      files.forEach(file -> names.add(file.getFileName().toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return names;
  }

  private static Map<String, Object> read(String line) throws IOException {
    return Objects.requireNonNull(
        JsonMapper.createDefault().readValue(line, Argument.mapOf(String.class, Object.class)));
  }
}
