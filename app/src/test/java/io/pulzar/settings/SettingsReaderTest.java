package io.pulzar.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {

  private enum Colour {
    RED,
    DARK_GREEN
  }

  private static final Setting<String> WORD = Setting.text("pulzar.probe.word", "plain", "A word.");
  private static final Setting<Integer> COUNT =
      Setting.whole("pulzar.probe.count", 3, 1, 10, "A number.");
  private static final Setting<Duration> WAIT =
      Setting.duration("pulzar.probe.long-wait", "30s", "A time.");
  private static final Setting<Long> SIZE = Setting.size("pulzar.probe.size", "1MB", "A size.");
  private static final Setting<Boolean> FLAG = Setting.flag("pulzar.probe.flag", true, "A flag.");
  private static final Setting<Colour> COLOUR =
      Setting.choice("pulzar.probe.colour", Colour.RED, "A choice.");
  private static final Setting<Path> PLACE =
      Setting.path("pulzar.probe.place", "scripts", "A path.");
  private static final Setting<Optional<String>> SECRET =
      Setting.secret("pulzar.probe.secret", "A secret.");

  @TempDir Path directory;

  @Test
  void withoutSourcesEverySettingHasItsDefault() {
    Settings settings = read(Map.of(), Map.of(), Map.of());
    assertThat(settings.get(WORD)).isEqualTo("plain");
    assertThat(settings.get(COUNT)).isEqualTo(3);
    assertThat(settings.get(WAIT)).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.get(SIZE)).isEqualTo(1 << 20);
    assertThat(settings.get(FLAG)).isTrue();
    assertThat(settings.get(COLOUR)).isEqualTo(Colour.RED);
    assertThat(settings.get(SECRET)).isEmpty();
    assertThat(settings.isChosen(WORD)).isFalse();
  }

  @Test
  void theLaterSourceWins() throws Exception {
    file("[probe]\nword=file\n");
    Map<String, String> property = Map.of("pulzar.probe.word", "property");
    Map<String, String> environment = Map.of("PULZAR_PROBE_WORD", "environment");
    Map<String, String> typed = Map.of("pulzar.probe.word", "typed");
    assertThat(read(Map.of(), Map.of(), Map.of()).get(WORD)).isEqualTo("file");
    assertThat(read(property, Map.of(), Map.of()).get(WORD)).isEqualTo("property");
    assertThat(read(property, environment, Map.of()).get(WORD)).isEqualTo("environment");
    assertThat(read(property, environment, typed).get(WORD)).isEqualTo("typed");
  }

  @Test
  void theFileOfTheOriginalIsHonoured() throws Exception {
    file(
        """
        [server]
        host=localhost
        port=31500
        key=l415S4Nt05

        [volume]
        # Where to store files
        dir=/var/lib/pulzar/data
        port=31501

        [general]
        retention_policy=30
        # In MB
        maxsize=7

        [jobs]
        dir=jobs

        [backup]
        active=False
        type=None
        address=None
        user=None
        psw=None
        """);
    Settings settings = read(Map.of(), Map.of(), Map.of());
    assertThat(settings.get(ServerSettings.HOST)).isEqualTo("localhost");
    assertThat(settings.get(ServerSettings.PORT)).isEqualTo(31500);
    assertThat(settings.get(ServerSettings.KEY)).contains("l415S4Nt05");
    assertThat(ServerSettings.volume(settings)).isEqualTo(Path.of("/var/lib/pulzar/data"));
    assertThat(settings.get(ServerSettings.NODE_PORT)).isEqualTo(31501);
    assertThat(settings.get(ServerSettings.RETENTION)).isEqualTo(30);
    assertThat(settings.get(ServerSettings.MAXSIZE)).isEqualTo(7);
    assertThat(settings.get(ServerSettings.JOBS_DIR)).isEqualTo(directory.resolve("jobs"));
    assertThat(settings.get(ServerSettings.BACKUP_ACTIVE)).isFalse();
    assertThat(settings.get(ServerSettings.BACKUP_USER)).isEmpty();
    assertThat(settings.get(ServerSettings.BACKUP_PASSWORD)).isEmpty();
  }

  @Test
  void typedPathsStartAtTheWorkingDirectoryAndOthersAtTheInstallation() throws Exception {
    Path installation = Files.createDirectories(directory.resolve("opt/pulzar"));
    Map<String, String> where = Map.of(ServerSettings.INSTALLATION.name(), installation.toString());
    assertThat(read(where, Map.of(), Map.of()).get(PLACE))
        .isEqualTo(installation.resolve("scripts"));
    assertThat(read(where, Map.of(), Map.of(PLACE.name(), "../mine")).get(PLACE))
        .isEqualTo(directory.resolveSibling("mine"));
    assertThat(read(where, Map.of(), Map.of(PLACE.name(), "~/mine")).get(PLACE))
        .isEqualTo(Path.of(System.getProperty("user.home"), "mine"));
  }

  @Test
  void underscoresAndDashesAreOne() {
    assertThat(read(Map.of(), Map.of(), Map.of("pulzar.probe.long_wait", "1s")).get(WAIT))
        .isEqualTo(Duration.ofSeconds(1));
    assertThat(read(Map.of(), Map.of("PULZAR_PROBE_LONG_WAIT", "2s"), Map.of()).get(WAIT))
        .isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void anUnknownNameIsRefusedWithTheClosestKnown() throws Exception {
    assertThatThrownBy(() -> read(Map.of(), Map.of(), Map.of("pulzar.prob.wrod", "x")))
        .isInstanceOf(BadSettingException.class)
        .hasMessage(
            "there is no setting pulzar.prob.wrod (from the command line); did you mean"
                + " pulzar.probe.word?");
    file("[probe]\ncuont=4\n");
    assertThatThrownBy(() -> read(Map.of(), Map.of(), Map.of()))
        .hasMessageContaining("from the configuration file")
        .hasMessageContaining("pulzar.probe.count");
  }

  @Test
  void anUnknownVariableIsOnlyARemark() {
    SettingsReader.Result result =
        reader().read(Map.of(), Map.of("PULZAR_PROBE_WROD", "x", "PULZAR_HEAP", "1g"), Map.of());
    assertThat(result.warnings()).singleElement().asString().contains("PULZAR_PROBE_WORD");
  }

  @ParameterizedTest
  @CsvSource({
    "pulzar.probe.count, zero, is not a whole number",
    "pulzar.probe.count, 0, from 1 to 10",
    "pulzar.probe.count, 11, from 1 to 10",
    "pulzar.probe.long-wait, soon, is not a duration",
    "pulzar.probe.long-wait, -1s, is not a duration",
    "pulzar.probe.size, big, is not a size",
    "pulzar.probe.flag, perhaps, neither true nor false",
    "pulzar.probe.colour, blue, 'red, dark-green'",
  })
  void aBadValueIsRefusedWithItsNameItsOriginAndItsForm(String name, String text, String reason) {
    assertThatThrownBy(() -> read(Map.of(), Map.of(), Map.of(name, text)))
        .isInstanceOf(BadSettingException.class)
        .hasMessageStartingWith(name + "=" + text + " from the command line: ")
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"word", "[probe\nword=x", "[probe]\nword", "[probe]\n=x"})
  void aBrokenFileIsRefusedWithItsLine(String text) throws Exception {
    file(text);
    assertThatThrownBy(() -> read(Map.of(), Map.of(), Map.of()))
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining("server.conf, line ");
  }

  @Test
  void aNamedFileMustExist() {
    assertThatThrownBy(
            () -> read(Map.of(), Map.of(), Map.of(ServerSettings.CONFIG.name(), "nosuch.conf")))
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining("nosuch.conf")
        .hasMessageContaining("--config");
  }

  @Test
  void theDescriptionNamesWhatWasChosenAndHidesSecrets() {
    assertThat(read(Map.of(), Map.of(), Map.of()).describe())
        .isEqualTo("all settings have their defaults");
    Settings settings =
        read(Map.of(), Map.of(), Map.of(WORD.name(), "mine", SECRET.name(), "hush"));
    assertThat(settings.describe()).isEqualTo("pulzar.probe.secret=(set), pulzar.probe.word=mine");
    assertThat(settings.visible())
        .containsEntry(WORD.name(), "mine")
        .doesNotContainKey(SECRET.name());
    assertThat(settings.get(SECRET)).contains("hush");
  }

  @Test
  void aSettingThatIsNotInTheListCannotBeRead() {
    Setting<String> stranger = Setting.text("pulzar.probe.stranger", "", "Unknown.");
    Settings settings = read(Map.of(), Map.of(), Map.of());
    assertThatThrownBy(() -> settings.get(stranger))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pulzar.probe.stranger");
  }

  private Settings read(
      Map<String, String> properties, Map<String, String> environment, Map<String, String> typed) {
    return reader().read(properties, environment, typed).settings();
  }

  private SettingsReader reader() {
    List<Setting<?>> all = new ArrayList<>(ServerSettings.ALL);
    all.addAll(List.of(WORD, COUNT, WAIT, SIZE, FLAG, COLOUR, PLACE, SECRET));
    return new SettingsReader(all, directory);
  }

  private void file(String text) throws Exception {
    Files.createDirectories(directory.resolve("config"));
    Files.writeString(directory.resolve("config/server.conf"), text);
  }
}
