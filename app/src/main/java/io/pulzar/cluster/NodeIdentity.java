package io.pulzar.cluster;

import io.pulzar.settings.BadSettingException;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import io.pulzar.settings.TlsSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who a node is: its name, and the id of its volume. Both are chosen at the first start and kept
 * beside the values, because the master's index refers to the node by name: a changed host name
 * must not lose the values.
 *
 * @param name in lists, logs and paths
 * @param id random
 * @param scheme what it speaks: {@code http} or {@code https}
 * @param host how others reach this machine
 */
public record NodeIdentity(String name, String id, String scheme, String host) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
  private static final Set<String> ALL_NETWORKS = Set.of("0.0.0.0", "::", "[::]", "*");

  /** Below the directory of the volume. */
  public static final String FILE = "node.id";

  public NodeIdentity {
    if (!NAME.matcher(name).matches()) {
      throw new BadSettingException(
          "'"
              + name
              + "' can't be a node's name: use letters, digits, dots, dashes; set "
              + ServerSettings.NODE_NAME);
    }
  }

  /**
   * The kept identity, or a new one; a configured name replaces the kept one.
   *
   * @param newId for a volume that has none
   * @throws BadSettingException when the volume can't keep it
   */
  public static NodeIdentity of(Settings settings, String newId) {
    Path file = ServerSettings.volume(settings).resolve(FILE);
    String host = hostOf(settings);
    try {
      List<String> kept =
          Files.exists(file) ? Files.readAllLines(file, StandardCharsets.UTF_8) : List.of();
      String id = kept.isEmpty() ? newId : kept.getFirst();
      String name =
          settings
              .get(ServerSettings.NODE_NAME)
              .orElseGet(() -> kept.size() < 2 ? systemName() : kept.get(1));
      NodeIdentity identity = new NodeIdentity(name, id, TlsSettings.scheme(settings), host);
      if (!kept.equals(List.of(id, name))) {
        identity.keep(file);
      }
      return identity;
    } catch (IOException e) {
      throw new BadSettingException(
          file + " can't be read or written: choose another --home or pulzar.volume.dir");
    }
  }

  /** The node's address for others. */
  public String url(int port) {
    return scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  private void keep(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Path whole = file.resolveSibling(FILE + ".new");
    Files.write(whole, List.of(id, name), StandardCharsets.UTF_8);
    Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** How others reach this machine. */
  public static String hostOf(Settings settings) {
    return settings
        .get(ServerSettings.HOSTNAME)
        .orElseGet(
            () -> {
              String listening = ListeningAddress.of(settings);
              return ALL_NETWORKS.contains(listening) ? systemName() : listening;
            });
  }

  private static String systemName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
