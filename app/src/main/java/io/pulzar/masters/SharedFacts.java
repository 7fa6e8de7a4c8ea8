package io.pulzar.masters;

import io.pulzar.access.AccessSettings;
import io.pulzar.link.ClusterKey;
import io.pulzar.secrets.SecretKeys;
import io.pulzar.settings.BadSettingException;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Setting;
import io.pulzar.settings.Settings;
import io.pulzar.storage.MasterElection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What masters must have alike beside the database. The leader notes it there, without what is
 * secret; who comes compares, and again when another one leads. A wrong key is refused: nodes would
 * not talk to such a leader, and secrets could not be opened. So is a leader that asks nobody who
 * they are behind a standby that would, which many more can reach. Other settings and scripts are a
 * warning.
 */
public final class SharedFacts {

  private static final Logger LOG = LoggerFactory.getLogger(SharedFacts.class);
  private static final String CLUSTER_KEY = "cluster key";
  private static final String SECRETS_KEY = "secrets key";
  private static final String ASKS = "asks who one is";
  private static final String SETTINGS = "settings";
  private static final String JOBS = "jobs";
  private static final String EXTENSIONS = "extensions";

  /** What is each machine's own. */
  private static final List<String> OWN =
      List.of(
          "pulzar.server.host",
          "pulzar.server.hostname",
          "pulzar.server.hosts",
          "pulzar.server.port",
          "pulzar.server.home",
          "pulzar.server.installation",
          "pulzar.server.config",
          "pulzar.server.role",
          "pulzar.volume.",
          "pulzar.node.",
          "pulzar.storage",
          "pulzar.tls.",
          "pulzar.log.",
          "pulzar.jobs.dir",
          "pulzar.extensions.dir");

  private final Settings settings;
  private final Map<String, String> facts = new TreeMap<>();

  /** Looks at keys, settings and scripts. */
  public SharedFacts(Settings settings, ClusterKey key) {
    this.settings = settings;
    facts.put(CLUSTER_KEY, key.sign("pulzar masters share this key"));
    facts.put(ASKS, Boolean.toString(AccessSettings.asks(settings)));
    facts.put(SETTINGS, chosen(settings));
    facts.put(JOBS, hash(settings.get(ServerSettings.JOBS_DIR)));
    facts.put(EXTENSIONS, hash(settings.get(ServerSettings.EXTENSIONS_DIR)));
  }

  /**
   * Compares with what another master noted.
   *
   * @throws BadSettingException when this one must not take its place
   */
  public void check(MasterElection election) {
    Map<String, String> others = election.sharedByOthers();
    refuse(others);
    warn(others);
  }

  /** The same where another one leads since then; what is only a warning was said. */
  void checkAgain(MasterElection election) {
    refuse(election.sharedByOthers());
  }

  private void refuse(Map<String, String> others) {
    if (differs(CLUSTER_KEY, others)) {
      throw new BadSettingException(
          "the cluster key here is not that of the other masters: copy their cluster.key into "
              + settings.get(ServerSettings.HOME)
              + ", or set pulzar.server.key; if it was changed on purpose, start the one first"
              + " that led last");
    }
    if (differs(ASKS, others)) {
      throw new BadSettingException(
          "of this master and the one that leads, only one asks who one is, and each passes on to"
              + " the other what it is sent: set pulzar.auth alike, on or off, for both");
    }
    Optional.ofNullable(others.get(SECRETS_KEY))
        .flatMap(id -> SecretKeys.cureOfMissing(settings, id))
        .ifPresent(
            cure -> {
              throw new BadSettingException(
                  "the key of the other masters' secrets is not here: " + cure);
            });
  }

  private void warn(Map<String, String> others) {
    for (String directory : List.of(JOBS, EXTENSIONS)) {
      if (differs(directory, others)) {
        LOG.warn("the scripts of {} here are not those of the master that led last", directory);
      }
    }
    if (differs(SETTINGS, others)) {
      LOG.warn(
          "settings here are not those of the master that led last: {}",
          difference(facts.getOrDefault(SETTINGS, ""), others.getOrDefault(SETTINGS, "")));
    }
  }

  private boolean differs(String name, Map<String, String> others) {
    return others.containsKey(name) && !others.get(name).equals(facts.get(name));
  }

  /** Notes what this one has, as the leader. */
  public void share(MasterElection election) {
    facts.put(SECRETS_KEY, SecretKeys.current(settings));
    election.share(facts);
  }

  private static String chosen(Settings settings) {
    return settings.shown().stream()
        .filter(shown -> shown.chosen() && !shown.setting().isSecret() && !isOwn(shown.setting()))
        .map(shown -> shown.setting() + "=" + shown.value())
        .collect(Collectors.joining("\n"));
  }

  private static boolean isOwn(Setting<?> setting) {
    return OWN.stream().anyMatch(setting.name()::startsWith);
  }

  private static String difference(String one, String other) {
    List<String> ours = one.lines().toList();
    List<String> theirs = other.lines().toList();
    return Stream.concat(
            ours.stream().filter(line -> !theirs.contains(line)),
            theirs.stream().filter(line -> !ours.contains(line)).map(line -> line + " (there)"))
        .collect(Collectors.joining(", "));
  }

  /** Of the names and contents of scripts; of what can't be read all of, what is like no other. */
  private static String hash(Path directory) {
    if (!Files.isDirectory(directory)) {
      return "";
    }
    CRC32C hash = new CRC32C();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".py")).sorted().toList()) {
        hash.update(directory.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
        hash.update(Files.readAllBytes(file));
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("not all scripts in {} can be read: {}", directory, e.toString());
      return "unreadable";
    }
    return HexFormat.of().toHexDigits(hash.getValue());
  }
}
