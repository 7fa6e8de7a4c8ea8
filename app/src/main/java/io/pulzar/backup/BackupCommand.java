package io.pulzar.backup;

import io.pulzar.cli.Arguments;
import io.pulzar.cli.Command;
import io.pulzar.cli.RefusedException;
import io.pulzar.cli.UsageException;
import io.pulzar.http.HttpClients;
import io.pulzar.link.ClusterGuard;
import io.pulzar.link.ClusterKey;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.ServerSettings.Roles;
import io.pulzar.settings.Settings;
import io.pulzar.settings.TlsSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.zip.ZipFile;

/** {@code pulzar backup FILE}: an archive of a running server. */
public final class BackupCommand implements Command {

  private static final String URL = "--url";
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final Function<Map<String, String>, Settings> settings;
  private final PrintStream out;
  private final PrintStream err;

  /**
   * @param settings as a server started here would have them, with these options
   */
  public BackupCommand(
      Function<Map<String, String>, Settings> settings, PrintStream out, PrintStream err) {
    this.settings = settings;
    this.out = out;
    this.err = err;
  }

  @Override
  public String name() {
    return "backup";
  }

  @Override
  public String synopsis() {
    return "FILE [--url URL] [--home DIR] [--config FILE]";
  }

  @Override
  public String summary() {
    return "copies all that a running server keeps into one file; the home is the server's, for"
        + " its cluster.key";
  }

  @Override
  public int run(List<String> typed) {
    Set<String> options = new TreeSet<>(BackupOptions.NAMES);
    options.add(URL);
    Arguments arguments = Arguments.parse(typed, options, Set.of());
    if (arguments.words().size() != 1) {
      throw new UsageException("name one file for the backup, for example monday.zip");
    }
    Path file = Path.of(arguments.words().getFirst()).toAbsolutePath();
    Settings effective = settings.apply(BackupOptions.settings(arguments));
    URI server =
        URI.create(arguments.value(URL).orElseGet(() -> usualServer(effective))).resolve("/");
    try {
      if (Files.exists(file)) {
        throw new RefusedException(file + " exists: choose another name, or delete it");
      }
      DirectoryDestination.write(file, target -> receive(server, effective, target));
      try (ZipFile zip = new ZipFile(file.toFile())) {
        if (zip.getEntry(Archive.SUMMARY) != null) {
          out.printf("%s has all of %s: %,d bytes%n", file, server, Files.size(file));
          return 0;
        }
      }
      Files.delete(file);
      throw new RefusedException("the backup broke off; the server's log tells why");
    } catch (IOException e) {
      err.println("pulzar backup: " + server + " can't be copied to " + file + ": " + text(e));
    } catch (RefusedException e) {
      err.println("pulzar backup: " + e.getMessage());
    }
    return 1;
  }

  private static void receive(URI server, Settings settings, OutputStream target)
      throws IOException {
    ClusterKey key =
        ClusterKey.existing(settings)
            .orElseThrow(
                () ->
                    new RefusedException(
                        "there is no cluster.key in %s: name the server's home with --home, or set"
                                .formatted(settings.get(ServerSettings.HOME))
                            + " pulzar.server.key"));
    try (HttpClient client = HttpClients.client(settings).connectTimeout(CONNECT).build()) {
      HttpRequest request =
          HttpRequest.newBuilder(server.resolve(BackupController.PATH))
              .headers(ClusterGuard.signed(key, BackupController.PATH, Clock.systemUTC()))
              .build();
      HttpResponse<InputStream> answer = client.send(request, BodyHandlers.ofInputStream());
      try (InputStream archive = answer.body()) {
        if (answer.statusCode() != 200) {
          throw new RefusedException(
              server + " refuses with status " + answer.statusCode() + refusal(answer));
        }
        archive.transferTo(target);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RefusedException("interrupted");
    }
  }

  private static String refusal(HttpResponse<?> answer) {
    return answer.statusCode() == 401
        ? ": the key of this home is not the key of its cluster"
        : ": is it a Pulzar server?";
  }

  private static String usualServer(Settings settings) {
    return settings.get(ServerSettings.ROLE) == Roles.NODE
        ? TlsSettings.scheme(settings)
            + "://"
            + settings.get(ServerSettings.HOST)
            + ":"
            + settings.get(ServerSettings.NODE_PORT)
        : ServerSettings.masterUrl(settings);
  }

  private static String text(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
