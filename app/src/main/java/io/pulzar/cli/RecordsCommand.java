package io.pulzar.cli;

import io.pulzar.records.RecordSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code pulzar records}: who has them, whether they are equal, and how they come in and out. */
@Command(
    name = "records",
    description = "Shows how far nodes and other installations are with records.")
public final class RecordsCommand extends ClientCommand {

  private static final String NDJSON = "/nodes/dump?format=ndjson";

  public RecordsCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    return ask(
        server -> {
          @Nullable Object report = server.get("/admin/records");
          if (output().isJson()) {
            output().json(report);
          } else {
            table(Fields.object(report));
          }
          return ExitStatus.DONE.code();
        });
  }

  private void table(Map<?, ?> report) {
    output()
        .line(
            "%s texts, %s shared values, revision %s"
                .formatted(
                    Fields.text(report, "texts"),
                    Fields.text(report, "shared"),
                    Fields.text(report, "revision")));
    Table table =
        new Table(
            "COPY",
            "!STATE",
            "!REVISION",
            "!BEHIND",
            "!SECONDS",
            "!MENDED",
            "!REFUSED",
            "LAST ERROR");
    Fields.objects(report.get("nodes")).forEach(node -> row(table, node, "node"));
    Fields.objects(report.get("receivers")).forEach(one -> row(table, one, "server"));
    output().table(table);
  }

  private static void row(Table table, Map<?, ?> copy, String name) {
    table.row(
        copy.get(name),
        copy.get("state"),
        copy.get("revision"),
        copy.get("changes_behind"),
        copy.get("seconds_behind"),
        copy.get("mended"),
        copy.get("refused"),
        copy.get("last_error"));
  }

  @Command(description = "Reads all records again, and has the copies compared.")
  int verify() {
    return ask(
        server -> {
          Map<?, ?> found;
          try (Progress _ = Progress.start(terminal(), "verify")) {
            found = Fields.object(server.post("/admin/records/verify", null));
          }
          boolean isWell = Fields.text(found, "wrong_ranges").equals("0");
          if (output().isJson()) {
            output().json(found);
          } else {
            output()
                .line(
                    isWell
                        ? "the hashes fit the records; receivers are compared now: see pulzar"
                            + " records"
                        : Fields.text(found, "wrong_ranges")
                            + " hashes did not fit the records and were made anew");
          }
          return isWell ? ExitStatus.DONE.code() : ExitStatus.FAILED.code();
        });
  }

  @Command(description = "Writes the shared values to a file, as lines of JSON.")
  int export(@Parameters(paramLabel = "FILE", description = "to write") Path file) {
    return ask(
        server -> {
          long[] count = {0};
          try (PrintStream lines = new PrintStream(file.toFile(), StandardCharsets.UTF_8);
              Progress _ = Progress.start(terminal(), "export")) {
            server.lines(
                server.request(NDJSON).build(),
                line -> {
                  if (!line.isBlank()) {
                    lines.println(line);
                    count[0]++;
                  }
                });
            if (lines.checkError()) {
              throw new RefusedException(file + " can't be written");
            }
          } catch (IOException e) {
            throw new RefusedException(file + " can't be written");
          }
          output()
              .done(
                  count[0] + " shared values are in " + file,
                  Map.of("shared", count[0], "file", file.toString()));
          return ExitStatus.DONE.code();
        });
  }

  @Command(
      name = "import",
      description = "Takes in lines of JSON, an old server's /nodes/dump, or a directory of texts.")
  int bringIn(
      @Parameters(paramLabel = "FILE|DIR|URL", description = "where they are") String from) {
    return ask(
        server -> {
          RecordTransfer to = new RecordTransfer(server, settings().get(RecordSettings.PEER_TOKEN));
          try (Progress _ = Progress.start(terminal(), "import")) {
            if (from.startsWith("http://") || from.startsWith("https://")) {
              return values(to, to.dumpOf(URI.create(from)));
            }
            Path path = Path.of(from);
            return Files.isDirectory(path) ? texts(to, path) : lines(to, path);
          }
        });
  }

  private int values(RecordTransfer to, Map<?, ?> values) {
    values.forEach((name, value) -> to.setValue(name.toString(), String.valueOf(value)));
    return cameIn("shared values", "shared", values.size());
  }

  private int lines(RecordTransfer to, Path file) {
    long count = 0;
    try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
      for (String line : (Iterable<String>) lines::iterator) {
        Map<?, ?> value = Fields.object(JsonText.meaning(line));
        if (!(value.get("name") instanceof String name)) {
          throw new RefusedException("line " + (count + 1) + " of " + file + " has no name");
        }
        to.setValue(name, String.valueOf(value.get("value")));
        count++;
      }
    } catch (IOException | UncheckedIOException e) {
      throw new RefusedException(file + " can't be read");
    }
    return cameIn("shared values", "shared", count);
  }

  /** One record a file, as minstore keeps them; what is no record is named and left out. */
  private int texts(RecordTransfer to, Path directory) {
    long count = 0;
    long left = 0;
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile).sorted()::iterator) {
        String record = Files.readString(file, StandardCharsets.UTF_8);
        if (Fields.object(JsonText.meaning(record)).get("uid") instanceof String uid) {
          to.putText(uid, record);
          count++;
        } else {
          terminal().err().println(file + " is no record and was left out");
          left++;
        }
      }
    } catch (IOException e) {
      throw new RefusedException(directory + " can't be read");
    }
    int status = cameIn("texts", "texts", count);
    return left == 0 ? status : ExitStatus.FAILED.code();
  }

  private int cameIn(String what, String field, long count) {
    output().done(count + " " + what + " came in", Map.of(field, count));
    return ExitStatus.DONE.code();
  }
}
