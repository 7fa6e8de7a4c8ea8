package io.pulzar.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The settings of the server as a whole, and those of the original that several features read. */
public final class ServerSettings {

  /** Which roles one process has. */
  public enum Roles {
    ALL,
    MASTER,
    NODE
  }

  public static final Setting<Roles> ROLE =
      Setting.choice("pulzar.server.role", Roles.ALL, "What this process is.");
  public static final Setting<String> HOST =
      Setting.text(
          "pulzar.server.host",
          "127.0.0.1",
          "The address that master and node listen on; 0.0.0.0 for all networks. A node whose master is on"
              + " another machine listens by default on its address towards that one.");
  public static final Setting<Integer> PORT =
      Setting.whole(
          "pulzar.server.port", 31414, 0, 65_535, "The master's port; 0 takes any free one.");
  public static final Setting<Integer> NODE_PORT =
      Setting.whole(
          "pulzar.volume.port", 31415, 0, 65_535, "The node's port; 0 takes any free one.");
  public static final Setting<Optional<String>> HOSTNAME =
      Setting.optionalText(
          "pulzar.server.hostname",
          "How others reach this machine, in redirects and in the node's name; by default the"
              + " listening address, or the system's host name when listening on all.");
  public static final Setting<Optional<String>> MASTER_URL =
      Setting.optionalText(
          "pulzar.node.master",
          "The master that a node without one in its own process joins, as http://HOST:PORT or https://HOST:PORT; by default"
              + " the host and port of [server]. Of several masters all, with commas between.");
  public static final Setting<Optional<String>> NODE_NAME =
      Setting.optionalText(
          "pulzar.node.name",
          "The node's name in lists and logs, unique in the cluster; by default the host name at its"
              + " first start.");
  public static final Setting<Optional<String>> NODE_LABELS =
      Setting.optionalText(
          "pulzar.node.labels",
          "What the node is called besides its name, with commas between: a script whose docstring"
              + " says Node: gpu runs on nodes with the label gpu only. 32 at most.");
  public static final Setting<Optional<String>> KEY =
      Setting.secret(
          "pulzar.server.key",
          "The secret that master and nodes share; generated into <home>/cluster.key when not"
              + " set.");
  public static final Setting<List<String>> CORS =
      Setting.list(
          "pulzar.server.cors",
          "local",
          "Whose pages may use the API from a browser, with commas between: `local` for pages of"
              + " this machine on any port, origins like https://ui.example, or * for every page. The"
              + " server's own pages always may.");
  public static final Setting<List<String>> HOSTS =
      Setting.list(
          "pulzar.server.hosts",
          "",
          "The names under which this server may be called besides localhost and"
              + " pulzar.server.hostname, with commas between; * for any. Looked at when the server"
              + " listens on loopback, or when this is set: a page whose name was made to lead here"
              + " must not reach it.");
  public static final Setting<Path> HOME =
      Setting.path("pulzar.server.home", "~/.pulzar", "Where everything is kept.");
  public static final Setting<Path> INSTALLATION =
      Setting.path(
          "pulzar.server.installation", ".", "Where the product is: relative paths start here.");
  public static final Setting<Optional<Path>> CONFIG =
      Setting.optionalPath(
          "pulzar.server.config",
          "The configuration file; by default config/server.conf of the installation, if there is"
              + " one.");
  public static final Setting<Duration> GRACE =
      Setting.duration(
          "pulzar.server.grace", "5s", "How long running jobs may go on after a stop was asked.");
  public static final Setting<Long> BUFFER =
      Setting.size(
          "pulzar.server.buffer",
          "16MB",
          "The largest body that is read into memory; values and uploads are streamed and have"
              + " limits of their own.");
  public static final Setting<Duration> PATIENCE =
      Setting.duration(
          "pulzar.server.patience",
          "20s",
          "How long the server waits in all for a request to arrive, and at a stretch for its answer"
              + " to be taken; then the connection is closed.");
  public static final Setting<Long> SLOWEST =
      Setting.size(
          "pulzar.server.slowest",
          "512",
          "For each time that so many bytes of a request have arrived, the server waits a second"
              + " longer.");
  public static final Setting<Duration> IDLE =
      Setting.duration(
          "pulzar.server.idle", "5m", "How long a connection may stay open between two requests.");
  public static final Setting<Integer> CONNECTIONS =
      Setting.whole(
          "pulzar.server.connections",
          10_000,
          8,
          1_000_000,
          "How many connections master and node each hold open; never more than the system's limit"
              + " of open files leaves room for. One more is answered with 503 and closed.");
  public static final Setting<Integer> MAXSIZE =
      Setting.whole("pulzar.general.maxsize", 5, 1, 1_000_000, "The largest value, in MB.");
  public static final Setting<Integer> RETENTION =
      Setting.whole(
          "pulzar.general.retention-policy",
          90,
          1,
          36_500,
          "How many days the history of jobs is kept.");
  public static final Setting<Optional<Path>> VOLUME_DIR =
      Setting.optionalPath(
          "pulzar.volume.dir", "Where the node keeps values; by default <home>/node.");
  public static final Setting<Path> JOBS_DIR =
      Setting.path("pulzar.jobs.dir", "jobs", "The job scripts.");
  public static final Setting<Path> EXTENSIONS_DIR =
      Setting.path("pulzar.extensions.dir", "extensions", "The extension scripts.");
  public static final Setting<Path> PROCESSES_DIR =
      Setting.path(
          "pulzar.records.processes-dir", "processes", "The processes that texts go through.");
  public static final Setting<Path> THIRD_PARTY_DIR =
      Setting.path(
          "pulzar.extensions.third-party", "third_party", "Extensions of the old function style.");
  public static final Setting<Boolean> BACKUP_ACTIVE =
      Setting.flag("pulzar.backup.active", false, "Whether backups are made by themselves.");
  public static final Setting<Optional<String>> BACKUP_TYPE =
      Setting.optionalText(
          "pulzar.backup.type",
          "Where they are stored: `directory`, or `node` for another cluster, as values there; by"
              + " default what the address looks like.");
  public static final Setting<Optional<String>> BACKUP_ADDRESS =
      Setting.optionalText(
          "pulzar.backup.address",
          "The directory, as an absolute path; or the URL of the other cluster's master.");
  public static final Setting<Optional<String>> BACKUP_USER =
      Setting.optionalText(
          "pulzar.backup.user",
          "The user name for a proxy in front of the other cluster that asks for one.");
  public static final Setting<Optional<String>> BACKUP_PASSWORD =
      Setting.secret("pulzar.backup.psw", "The password of pulzar.backup.user.");

  public static final List<Setting<?>> ALL =
      List.of(
          ROLE,
          HOST,
          PORT,
          NODE_PORT,
          HOSTNAME,
          MASTER_URL,
          NODE_NAME,
          NODE_LABELS,
          KEY,
          CORS,
          HOSTS,
          PATIENCE,
          SLOWEST,
          IDLE,
          CONNECTIONS,
          HOME,
          INSTALLATION,
          CONFIG,
          GRACE,
          BUFFER,
          MAXSIZE,
          RETENTION,
          VOLUME_DIR,
          JOBS_DIR,
          EXTENSIONS_DIR,
          THIRD_PARTY_DIR,
          PROCESSES_DIR,
          BACKUP_ACTIVE,
          BACKUP_TYPE,
          BACKUP_ADDRESS,
          BACKUP_USER,
          BACKUP_PASSWORD);

  private ServerSettings() {}

  /**
   * Where the master is, for a node and for commands: as set, or where one started here would be.
   */
  public static String masterUrl(Settings settings) {
    return settings
        .get(MASTER_URL)
        .orElseGet(
            () ->
                TlsSettings.scheme(settings)
                    + "://"
                    + settings.get(HOSTNAME).orElseGet(() -> settings.get(HOST))
                    + ":"
                    + settings.get(PORT));
  }

  /** The directory of the values: the volume's, or one below the home. */
  public static Path volume(Settings settings) {
    return settings.get(VOLUME_DIR).orElseGet(() -> settings.get(HOME).resolve("node"));
  }
}
