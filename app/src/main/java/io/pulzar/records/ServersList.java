package io.pulzar.records;

import io.pulzar.records.PeerServer.Mode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The servers of this installation: white space between URLs, a first {@code *} for bridging, and
 * behind a URL {@code mode=} and {@code token=}. The file is read again when it changes; one that
 * can't be read leaves those that were there.
 */
final class ServersList {

  private static final Logger LOG = LoggerFactory.getLogger(ServersList.class);
  private static final Duration LOOK = Duration.ofSeconds(1);

  private static final Pattern SPACE = Pattern.compile("\\s+");

  private final Optional<String> setting;
  private final Path file;
  private final int most;
  private final Clock clock;
  private final Optional<String> token;
  private List<PeerServer> servers = List.of();
  private Optional<FileTime> read = Optional.empty();
  private Instant looked = Instant.EPOCH;

  /**
   * @param setting is used instead of the file
   * @param token for servers whose entry has none
   */
  ServersList(Optional<String> setting, Path file, int most, Clock clock, Optional<String> token) {
    this.setting = setting;
    this.file = file;
    this.most = most;
    this.clock = clock;
    this.token = token;
    setting.ifPresent(text -> servers = parse(text));
  }

  /** Those of now. */
  synchronized List<PeerServer> current() {
    Instant now = clock.instant();
    if (setting.isEmpty() && Duration.between(looked, now).abs().compareTo(LOOK) >= 0) {
      looked = now;
      look();
    }
    return servers;
  }

  private void look() {
    try {
      Optional<FileTime> changed =
          Files.exists(file) ? Optional.of(Files.getLastModifiedTime(file)) : Optional.empty();
      if (!changed.equals(read)) {
        read = changed;
        servers =
            changed.isPresent() ? parse(Files.readString(file, StandardCharsets.UTF_8)) : List.of();
        LOG.info("servers.list names {} servers", servers.size());
      }
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("servers.list is not used as it is now: {}", e.getMessage());
    }
  }

  /**
   * @throws IllegalArgumentException with a sentence about the entry that can't be used
   */
  List<PeerServer> parse(String text) {
    List<PeerServer> found = new ArrayList<>();
    Mode usual = Mode.MIRROR;
    boolean first = true;
    for (String line : text.lines().toList()) {
      if (line.stripLeading().startsWith("#")) {
        continue;
      }
      for (String word : SPACE.split(line.strip(), -1)) {
        if (word.isEmpty()) {
          continue;
        }
        if (first && word.equals("*")) {
          usual = Mode.BRIDGE;
        } else if (word.startsWith("mode=") || word.startsWith("token=")) {
          change(found, word);
        } else {
          PeerServer server = PeerServer.of(word, usual);
          found.add(token.map(server::showing).orElse(server));
        }
        first = false;
      }
    }
    if (found.size() > most) {
      throw new IllegalArgumentException(
          "there are " + found.size() + " servers, and at most " + most + " can be named");
    }
    return List.copyOf(found);
  }

  private void change(List<PeerServer> found, String option) {
    if (found.isEmpty()) {
      throw new IllegalArgumentException(option + " stands behind the server that it is for");
    }
    PeerServer last = found.removeLast();
    String value = option.substring(option.indexOf('=') + 1);
    found.add(option.startsWith("mode=") ? last.in(value) : last.showing(secret(value)));
  }

  private String secret(String value) {
    if (!value.startsWith("@")) {
      return value;
    }
    try {
      return Files.readString(file.resolveSibling(value.substring(1)), StandardCharsets.UTF_8)
          .strip();
    } catch (IOException e) {
      throw new IllegalArgumentException("the file of a token can't be read", e);
    }
  }
}
