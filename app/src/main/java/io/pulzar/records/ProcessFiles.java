package io.pulzar.records;

import io.pulzar.http.ApiException;
import io.pulzar.polyglot.Script;
import io.pulzar.polyglot.Script.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which processes there are, in their order; looked up for each write, so a change counts at once.
 */
final class ProcessFiles {

  private static final Pattern FILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_]{0,99}\\.py");
  private static final String ORDER = "order";
  private static final String ENDING = ".py";

  private final Path directory;
  private final int most;

  ProcessFiles(Path directory, int most) {
    this.directory = directory;
    this.most = most;
  }

  /**
   * By the file {@code order}, one name a line; without it by name. Files whose names begin with an
   * underscore are for the others to import.
   *
   * @throws ApiException 422 when the order names what is not there, or there are too many
   */
  List<Script> inOrder() {
    List<String> names = Files.exists(directory.resolve(ORDER)) ? ordered() : byName();
    if (names.size() > most) {
      throw refused(
          "there are %d processes, and %s allows %d"
              .formatted(names.size(), RecordSettings.PROCESSES, most));
    }
    return names.stream().map(name -> new Script(directory, name, Entry.PROCESS)).toList();
  }

  private List<String> byName() {
    String[] files = directory.toFile().list((folder, file) -> FILE.matcher(file).matches());
    return Stream.of(Objects.requireNonNullElse(files, new String[0]))
        .sorted()
        .map(ProcessFiles::name)
        .toList();
  }

  private List<String> ordered() {
    try (Stream<String> lines = Files.lines(directory.resolve(ORDER), StandardCharsets.UTF_8)) {
      List<String> names =
          lines
              .map(String::strip)
              .filter(line -> !line.isEmpty() && !line.startsWith("#"))
              .map(ProcessFiles::name)
              .toList();
      for (String name : names) {
        if (!FILE.matcher(name + ENDING).matches()
            || !Files.isRegularFile(directory.resolve(name + ENDING))) {
          throw refused("the file order names " + name + ", and there is no such process");
        }
      }
      return names;
    } catch (IOException e) {
      throw refused("the file order can't be read");
    }
  }

  private static String name(String file) {
    return file.endsWith(ENDING) ? file.substring(0, file.length() - ENDING.length()) : file;
  }

  private static ApiException refused(String message) {
    return ApiException.unprocessable("process_failed", message + ": look into processes/", null);
  }
}
