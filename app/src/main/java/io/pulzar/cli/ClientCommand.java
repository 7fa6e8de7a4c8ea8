package io.pulzar.cli;

import io.pulzar.http.HttpClients;
import io.pulzar.records.RecordSettings;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the commands have in common that ask a running master. */
abstract class ClientCommand implements Command {

  private static final Pattern NODE = Pattern.compile("[A-Za-z0-9._-]+");
  private static final String SERVER = "--server";

  private final Supplier<Settings> settings;
  private final PrintStream out;
  private final PrintStream err;

  ClientCommand(Supplier<Settings> settings, PrintStream out, PrintStream err) {
    this.settings = settings;
    this.out = out;
    this.err = err;
  }

  /** The flags that this command knows besides the server. */
  abstract Set<String> flags();

  /** The options with a value that this command knows besides the server. */
  Set<String> options() {
    return Set.of();
  }

  /** Does it. */
  abstract int run(Arguments arguments, ServerClient server, PrintStream out);

  @Override
  public final int run(List<String> typed) {
    Set<String> valued = new TreeSet<>(options());
    valued.add(SERVER);
    Arguments arguments = Arguments.parse(typed, valued, flags());
    Settings usual = settings.get();
    Map<String, String> environment = System.getenv();
    Login login = Login.of(environment, Login.file(environment), arguments.value(SERVER));
    URI server =
        login
            .server()
            .map(ClientCommand::url)
            .orElseGet(() -> URI.create(ServerSettings.masterUrl(usual)));
    try (ServerClient client =
        new ServerClient(
            server,
            HttpClients.client(usual),
            login.token(),
            usual.get(RecordSettings.PEER_TOKEN))) {
      return run(arguments, client, out);
    } catch (RefusedException e) {
      err.println("pulzar " + name() + ": " + e.getMessage());
      return 1;
    }
  }

  static URI url(String text) {
    try {
      URI url = URI.create(text);
      if (url.getHost() != null && List.of("http", "https").contains(url.getScheme())) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      throw new UsageException(SERVER + " needs a URL, got '" + text + "': " + e.getMessage());
    }
    throw new UsageException(SERVER + " needs a URL as http://127.0.0.1:31414, got '" + text + "'");
  }

  static Map<?, ?> object(@Nullable Object data) {
    return data instanceof Map<?, ?> map ? map : Map.of();
  }

  /**
   * Every row of a list that comes page by page.
   *
   * @param name the field by which the rows are in order
   */
  static void each(ServerClient server, String route, String name, Consumer<Map<?, ?>> row) {
    String after = "";
    while (server.get(route + "?after=" + URLEncoder.encode(after, StandardCharsets.UTF_8))
            instanceof List<?> rows
        && !rows.isEmpty()) {
      String last = String.valueOf(object(rows.getLast()).get(name));
      if (last.equals(after)) {
        // An older server answers with all of them each time.
        return;
      }
      rows.stream().map(ClientCommand::object).forEach(row);
      after = last;
    }
  }

  static long id(String word) {
    try {
      return Long.parseLong(word);
    } catch (NumberFormatException e) {
      throw new UsageException(
          "'" + word + "' is not a number; jobs and schedules are named by theirs");
    }
  }

  /** The path of one node below {@code admin/network}. */
  static String node(Arguments arguments) {
    List<String> words = arguments.words();
    if (words.size() != 1 || !NODE.matcher(words.getFirst()).matches()) {
      throw new UsageException("name one node; pulzar nodes lists them");
    }
    return "/admin/network/" + encoded(words.getFirst());
  }

  /** Waits until the job ended; its log lines go to {@code lines} while they are written. */
  static Map<?, ?> await(ServerClient server, Object id, Consumer<String> lines) {
    server.follow("/admin/jobs/" + id + "/log", lines);
    return object(server.get("/admin/jobs/" + id));
  }

  /**
   * A name as a person writes it, with slashes or not, as part of a URL: what the server says of it
   * is the answer, whatever is in it.
   */
  static String encoded(String name) {
    return Arrays.stream(name.split("/", -1))
        .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
        .collect(Collectors.joining("/"));
  }
}
