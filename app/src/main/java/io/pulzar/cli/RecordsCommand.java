package io.pulzar.cli;

import io.pulzar.settings.Settings;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** {@code pulzar records}: who has them, whether they are equal, and how they come in and out. */
public final class RecordsCommand extends ClientCommand {

  private static final String ROW = "%-30s %-9s %12s %10s %8s %8s %8s  %s%n";
  private static final String NDJSON = "/nodes/dump?format=ndjson";

  public RecordsCommand(Supplier<Settings> settings, PrintStream out, PrintStream err) {
    super(settings, out, err);
  }

  @Override
  public String name() {
    return "records";
  }

  @Override
  public String synopsis() {
    return "[verify | export FILE | import FILE|DIR|URL] [--server URL]";
  }

  @Override
  public String summary() {
    return "shows how far nodes and other installations are with records; verify compares them; export and"
        + "\n      import shared values as lines of JSON, of an old server's /nodes/dump, or texts of an old directory";
  }

  @Override
  Set<String> flags() {
    return Set.of();
  }

  @Override
  int run(Arguments arguments, ServerClient server, PrintStream out) {
    List<String> words = arguments.words();
    return switch (words.isEmpty() ? "table" : words.getFirst()) {
      case "table" -> table(server, out);
      case "verify" -> verify(server, out);
      case "export" -> export(server, Path.of(second(words)), out);
      case "import" -> bringIn(server, second(words), out);
      default ->
          throw new UsageException("'" + words.getFirst() + "' is none of verify, export, import");
    };
  }

  private static String second(List<String> words) {
    if (words.size() != 2) {
      throw new UsageException("name what to " + words.getFirst());
    }
    return words.get(1);
  }

  private static int table(ServerClient server, PrintStream out) {
    Map<?, ?> report = object(server.get("/admin/records"));
    out.printf(
        "%s texts, %s shared values, revision %s%n",
        text(report, "texts"), text(report, "shared"), text(report, "revision"));
    out.printf(
        ROW, "COPY", "STATE", "REVISION", "BEHIND", "SECONDS", "MENDED", "REFUSED", "LAST ERROR");
    if (report.get("nodes") instanceof List<?> nodes) {
      nodes.stream().map(ClientCommand::object).forEach(node -> row(node, "node", out));
    }
    if (report.get("receivers") instanceof List<?> receivers) {
      receivers.stream().map(ClientCommand::object).forEach(one -> row(one, "server", out));
    }
    return 0;
  }

  private static void row(Map<?, ?> copy, String name, PrintStream out) {
    out.printf(
        ROW,
        text(copy, name),
        text(copy, "state"),
        text(copy, "revision"),
        text(copy, "changes_behind"),
        text(copy, "seconds_behind"),
        text(copy, "mended"),
        text(copy, "refused"),
        text(copy, "last_error"));
  }

  private static int verify(ServerClient server, PrintStream out) {
    Map<?, ?> found = object(server.post("/admin/records/verify", null));
    boolean isWell = "0".equals(text(found, "wrong_ranges"));
    out.println(
        isWell
            ? "the hashes fit the records; receivers are compared now: see pulzar records"
            : text(found, "wrong_ranges") + " hashes did not fit the records and were made anew");
    return isWell ? 0 : 1;
  }

  private static int export(ServerClient server, Path file, PrintStream out) {
    try (PrintStream lines = new PrintStream(file.toFile(), StandardCharsets.UTF_8)) {
      long[] count = {0};
      server.lines(
          NDJSON,
          line -> {
            lines.println(line);
            count[0]++;
          });
      if (lines.checkError()) {
        throw new RefusedException(file + " can't be written");
      }
      out.println(count[0] + " shared values are in " + file);
      return 0;
    } catch (IOException e) {
      throw new RefusedException(file + " can't be written");
    }
  }

  private static int bringIn(ServerClient server, String from, PrintStream out) {
    if (from.startsWith("http://") || from.startsWith("https://")) {
      return values(server, server.dumpOf(URI.create(from)), out);
    }
    Path path = Path.of(from);
    return Files.isDirectory(path) ? texts(server, path, out) : lines(server, path, out);
  }

  private static int values(ServerClient server, Map<?, ?> values, PrintStream out) {
    values.forEach((name, value) -> server.setValue(name.toString(), String.valueOf(value)));
    out.println(values.size() + " shared values came in");
    return 0;
  }

  private static int lines(ServerClient server, Path file, PrintStream out) {
    long count = 0;
    try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
      for (String line : (Iterable<String>) lines::iterator) {
        Map<?, ?> value = object(server.value(line));
        if (!(value.get("name") instanceof String name)) {
          throw new RefusedException("line " + (count + 1) + " of " + file + " has no name");
        }
        server.setValue(name, String.valueOf(value.get("value")));
        count++;
      }
    } catch (IOException | UncheckedIOException e) {
      throw new RefusedException(file + " can't be read");
    }
    out.println(count + " shared values came in");
    return 0;
  }

  /** One record a file, as minstore keeps them; what is no record is named and left out. */
  private static int texts(ServerClient server, Path directory, PrintStream out) {
    long count = 0;
    long left = 0;
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile).sorted()::iterator) {
        Object record = server.value(Files.readString(file, StandardCharsets.UTF_8));
        if (object(record).get("uid") instanceof String uid) {
          server.putText(uid, Files.readString(file, StandardCharsets.UTF_8));
          count++;
        } else {
          out.println(file + " is no record and was left out");
          left++;
        }
      }
    } catch (IOException e) {
      throw new RefusedException(directory + " can't be read");
    }
    out.println(count + " texts came in");
    return left == 0 ? 0 : 1;
  }

  private static String text(Map<?, ?> fields, String name) {
    return Objects.toString(fields.get(name), "");
  }
}
