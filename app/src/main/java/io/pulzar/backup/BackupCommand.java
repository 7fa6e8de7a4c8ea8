package io.pulzar.backup;

import io.pulzar.cli.ChosenSettings;
import io.pulzar.cli.CommandContext;
import io.pulzar.cli.ExitStatus;
import io.pulzar.cli.JsonOption;
import io.pulzar.cli.NoServerException;
import io.pulzar.cli.Progress;
import io.pulzar.cli.RefusedException;
import io.pulzar.cli.ServerChoice;
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
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.zip.ZipFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pulzar backup FILE}: an archive of a running server. */
@Command(
    name = "backup",
    description = {
      "Copies all that a running server keeps into one file.",
      "The home is the server's, for its cluster.key."
    })
public final class BackupCommand implements Callable<Integer> {

  private static final int PIECE = 64 << 10;
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final CommandContext context;

  @Parameters(paramLabel = "FILE", description = "where it goes, for example monday.zip")
  private String name = "";

  @Option(
      names = "--server",
      paramLabel = "URL",
      description =
          "the server; the one of the settings unless told. A node has a backup of its own")
  private Optional<String> server = Optional.empty();

  /** What it was called before it was called the same everywhere. */
  @Option(names = "--url", hidden = true)
  private Optional<String> url = Optional.empty();

  @Mixin private JsonOption json = new JsonOption();
  @Mixin private ChosenSettings settings = new ChosenSettings();

  public BackupCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Path file = Path.of(name).toAbsolutePath();
    Settings effective = context.chosen().apply(settings.typed());
    URI from =
        ServerChoice.of(server.or(() -> url).orElseGet(() -> usualServer(effective))).resolve("/");
    if (Files.exists(file)) {
      throw new RefusedException(file + " exists: choose another name, or delete it");
    }
    try (Progress progress = Progress.start(context.terminal(), "backup")) {
      DirectoryDestination.write(file, target -> receive(from, effective, target, progress));
      try (ZipFile zip = new ZipFile(file.toFile())) {
        if (zip.getEntry(Archive.SUMMARY) == null) {
          Files.delete(file);
          throw new RefusedException("the backup broke off; the server's log tells why");
        }
      }
    } catch (ConnectException | HttpTimeoutException e) {
      throw new NoServerException(from + " can't be copied to " + file + ": " + text(e));
    } catch (IOException e) {
      throw new RefusedException(from + " can't be copied to " + file + ": " + text(e));
    }
    tell(file, from);
    return ExitStatus.DONE.code();
  }

  private void tell(Path file, URI from) {
    try {
      long size = Files.size(file);
      json.output(context.terminal())
          .done(
              "%s has all of %s: %,d bytes".formatted(file, from, size),
              Map.of("file", file.toString(), "server", from.toString(), "bytes", size));
    } catch (IOException e) {
      throw new RefusedException(file + " can't be read: " + text(e));
    }
  }

  private static void receive(URI server, Settings settings, OutputStream target, Progress progress)
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
        byte[] piece = new byte[PIECE];
        for (int read = archive.read(piece); read >= 0; read = archive.read(piece)) {
          target.write(piece, 0, read);
          progress.moved(read);
        }
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
