package io.pulzar.backup;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.pulzar.cli.ChosenSettings;
import io.pulzar.cli.CommandContext;
import io.pulzar.cli.ExitStatus;
import io.pulzar.cli.JsonOption;
import io.pulzar.cli.Output;
import io.pulzar.cli.Progress;
import io.pulzar.cli.RefusedException;
import io.pulzar.cli.UsageException;
import io.pulzar.http.HttpClients;
import io.pulzar.secrets.MissingKeys;
import io.pulzar.settings.Settings;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code pulzar restore}: an archive into a home; or a lost master's index from one of its nodes.
 */
@Command(
    name = "restore",
    description =
        "Puts a backup into an empty home, or has a node tell a new master what it holds.")
public final class RestoreCommand implements Callable<Integer> {

  private static final String RESTORE = "restore";
  private static final String STORED = "/get_key";
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Argument<Map<String, Object>> OBJECT =
      Argument.mapOf(String.class, Object.class);

  private final CommandContext context;

  @Parameters(
      paramLabel = "FILE|URL",
      description =
          "a backup; or the URL of a node, which then tells its master again what it holds; or"
              + " http://MASTER/get_key/backups/NAME/TIME, to get a backup from there")
  private String source = "";

  @Option(names = "--overwrite", description = "in place of what the home has")
  private boolean overwrite;

  @Mixin private JsonOption json = new JsonOption();
  @Mixin private ChosenSettings settings = new ChosenSettings();

  public RestoreCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Settings effective = context.chosen().apply(settings.typed());
    Restore restore = new Restore(effective, overwrite);
    try {
      if (source.startsWith("http://") || source.startsWith("https://")) {
        from(url(source), restore, effective);
      } else {
        Restore.Result result;
        try (Progress _ = Progress.start(context.terminal(), RESTORE)) {
          result = restore.from(Path.of(source));
        }
        tell(result, effective);
      }
      return ExitStatus.DONE.code();
    } catch (IOException e) {
      throw new RefusedException(source + " can't be read: " + e);
    }
  }

  private void from(URI url, Restore restore, Settings effective) throws IOException {
    if (url.getPath().startsWith(STORED + "/")) {
      Restore.Result result;
      try (Progress _ = Progress.start(context.terminal(), RESTORE)) {
        result = stored(restore, url, HttpClients.client(effective));
      }
      tell(result, effective);
    } else {
      String told;
      try (Progress _ = Progress.start(context.terminal(), RESTORE)) {
        told = registered(url, effective);
      }
      json.output(context.terminal())
          .done(told, Map.of("node", url.resolve("/").toString(), "msg", told));
    }
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
    List<String> missing =
        result.places().containsKey(Archive.MASTER) ? MissingKeys.of(effective) : List.of();
    Output output = json.output(context.terminal());
    if (output.isJson()) {
      output.json(facts(result, missing));
      return;
    }
    output.line(
        "the backup of %s (version %s)"
            .formatted(result.head().created(), result.head().version()));
    result.places().forEach((part, place) -> output.line("  " + part + " is in " + place));
    result
        .summary()
        .damaged()
        .forEach(key -> output.line("  " + key + " was damaged already and is not in it"));
    missing.forEach(sentence -> output.line("  " + sentence));
  }

  private static Map<String, Object> facts(Restore.Result result, List<String> missing) {
    Map<String, String> places = new LinkedHashMap<>();
    result.places().forEach((part, place) -> places.put(part, place.toString()));
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("created", String.valueOf(result.head().created()));
    facts.put("version", result.head().version());
    facts.put("places", places);
    facts.put("damaged", List.copyOf(result.summary().damaged()));
    facts.put("missing", missing);
    return facts;
  }
}
