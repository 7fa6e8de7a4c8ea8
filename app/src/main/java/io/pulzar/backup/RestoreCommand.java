package io.pulzar.backup;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.pulzar.cli.Arguments;
import io.pulzar.cli.Command;
import io.pulzar.cli.RefusedException;
import io.pulzar.cli.UsageException;
import io.pulzar.http.HttpClients;
import io.pulzar.secrets.MissingKeys;
import io.pulzar.settings.Settings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * {@code pulzar restore}: an archive into a home; or a lost master's index from one of its nodes.
 */
public final class RestoreCommand implements Command {

  private static final String OVERWRITE = "--overwrite";
  private static final String STORED = "/get_key";
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Argument<Map<String, Object>> OBJECT =
      Argument.mapOf(String.class, Object.class);

  private final Function<Map<String, String>, Settings> settings;
  private final PrintStream out;
  private final PrintStream err;

  /**
   * @param settings as a server started here would have them, with these options
   */
  public RestoreCommand(
      Function<Map<String, String>, Settings> settings, PrintStream out, PrintStream err) {
    this.settings = settings;
    this.out = out;
    this.err = err;
  }

  @Override
  public String name() {
    return "restore";
  }

  @Override
  public String synopsis() {
    return "FILE|NODE_URL|BACKUP_URL [--home DIR] [--config FILE] [--overwrite]";
  }

  @Override
  public String summary() {
    return "puts a backup into an empty home; with the URL of a node, tells its master again what"
        + "\n      the node holds; with http://MASTER/get_key/backups/NAME/TIME, gets the backup there";
  }

  @Override
  public int run(List<String> typed) {
    Arguments arguments = Arguments.parse(typed, BackupOptions.NAMES, Set.of(OVERWRITE));
    if (arguments.words().size() != 1) {
      throw new UsageException("name one backup, or the URL of a node");
    }
    String source = arguments.words().getFirst();
    Settings effective = settings.apply(BackupOptions.settings(arguments));
    Restore restore = new Restore(effective, arguments.has(OVERWRITE));
    try {
      if (!source.startsWith("http://") && !source.startsWith("https://")) {
        tell(restore.from(Path.of(source)), effective);
      } else if (url(source).getPath().startsWith(STORED + "/")) {
        tell(stored(restore, url(source), HttpClients.client(effective)), effective);
      } else {
        out.println(registered(url(source), effective));
      }
      return 0;
    } catch (RefusedException e) {
      err.println("pulzar restore: " + e.getMessage());
    } catch (IOException e) {
      err.println("pulzar restore: " + source + " can't be read: " + e);
    }
    return 1;
  }

  private static Restore.Result stored(Restore restore, URI url, HttpClient.Builder client)
      throws IOException {
    Path file = Files.createTempFile("pulzar-restore-", ".zip");
    try (RemoteValues values = new RemoteValues(url.resolve("/"), Optional.empty(), client)) {
      try (OutputStream archive = Files.newOutputStream(file)) {
        ClusterDestination.fetch(values, url.getPath().substring(STORED.length()), archive);
      }
      return restore.from(file);
    } finally {
      Files.delete(file);
    }
  }

  /** Waits as long as the node needs. */
  private static String registered(URI node, Settings settings) throws IOException {
    try (HttpClient client = HttpClients.client(settings).connectTimeout(CONNECT).build()) {
      byte[] answer =
          client
              .send(
                  HttpRequest.newBuilder(node.resolve("/admin/start_backup")).build(),
                  BodyHandlers.ofByteArray())
              .body();
      Map<String, Object> envelope = JsonMapper.createDefault().readValue(answer, OBJECT);
      if (envelope == null || !"ok".equals(envelope.get("status"))) {
        throw new RefusedException(
            node + " refuses: " + (envelope == null ? "no answer" : envelope.get("msg")));
      }
      return String.valueOf(envelope.get("msg"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RefusedException("interrupted");
    }
  }

  private static URI url(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException("'" + text + "' is no URL: " + e.getMessage());
    }
  }

  private void tell(Restore.Result result, Settings effective) throws IOException {
    out.printf("the backup of %s (version %s)%n", result.head().created(), result.head().version());
    result.places().forEach((part, place) -> out.printf("  %s is in %s%n", part, place));
    result
        .summary()
        .damaged()
        .forEach(key -> out.printf("  %s was damaged already and is not in it%n", key));
    if (result.places().containsKey(Archive.MASTER)) {
      MissingKeys.of(effective).forEach(missing -> out.printf("  %s%n", missing));
    }
  }
}
