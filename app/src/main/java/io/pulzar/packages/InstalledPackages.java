package io.pulzar.packages;

import io.pulzar.polyglot.LeftBehind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The packages in one folder, as their {@code .dist-info} directories tell. */
final class InstalledPackages {

  private static final String ABOUT = ".dist-info";

  /** One package. */
  record Installed(String name, String version, Path about) {}

  private final Path folder;

  InstalledPackages(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  /** All, by name. */
  List<Installed> all() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Installed> found = new ArrayList<>();
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path about : entries.filter(entry -> entry.toString().endsWith(ABOUT)).toList()) {
        Path metadata = about.resolve("METADATA");
        if (Files.exists(metadata)) {
          List<String> lines = Files.readAllLines(metadata, StandardCharsets.UTF_8);
          found.add(new Installed(header(lines, "Name"), header(lines, "Version"), about));
        }
      }
    }
    found.sort(Comparator.comparing(one -> normalized(one.name())));
    return found;
  }

  Optional<Installed> find(String name) throws IOException {
    return all().stream().filter(one -> normalized(one.name()).equals(normalized(name))).findAny();
  }

  /** Deletes the files of a package, and directories that it leaves empty. */
  void remove(Installed installed) throws IOException {
    for (String line : Files.readAllLines(installed.about().resolve("RECORD"))) {
      Path file = folder.resolve(firstField(line)).normalize();
      // A package may name scripts beside the folder; and a damaged record anything.
      if (file.startsWith(folder) && !Files.isDirectory(file)) {
        Files.deleteIfExists(file);
        deleteEmptyAbove(file);
      }
    }
    deleteTree(installed.about());
  }

  /** Moves all packages of another folder here; those of the same name here go. */
  List<Installed> take(Path other) throws IOException {
    List<Installed> added = new InstalledPackages(other).all();
    for (Installed one : added) {
      Optional<Installed> old = find(one.name());
      if (old.isPresent()) {
        remove(old.get());
      }
    }
    try (Stream<Path> files = Files.walk(other)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = folder.resolve(other.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.move(file, target, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return added;
  }

  private void deleteEmptyAbove(Path file) throws IOException {
    for (Path up = file.getParent(); up != null && !up.equals(folder); up = up.getParent()) {
      try {
        Files.deleteIfExists(up);
      } catch (DirectoryNotEmptyException used) {
        return;
      }
    }
  }

  static void deleteTree(Path directory) throws IOException {
    LeftBehind.remove(directory);
  }

  /** The rule of PEP 503. */
  static String normalized(String name) {
    return name.replaceAll("[-_.]+", "-").toLowerCase(Locale.ROOT);
  }

  private static String header(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name + ": "))
        .map(line -> line.substring(name.length() + 2).strip())
        .findFirst()
        .orElse("");
  }

  /** Of a line of comma-separated values. */
  private static String firstField(String line) {
    if (line.startsWith("\"")) {
      return line.substring(1, Math.max(1, line.indexOf('"', 1)));
    }
    int comma = line.indexOf(',');
    return comma < 0 ? line : line.substring(0, comma);
  }
}
