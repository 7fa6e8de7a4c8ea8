package io.pulzar.polyglot.worker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes the host's directories out of what a run says for people to read: its log, its error. A
 * traceback, a warning or a message of the system names files by their whole path, which is nothing
 * that a client should learn. What lies in one of the directories that a script sees is named from
 * there on.
 */
final class HostPaths {

  private record Directory(String path, String name, Pattern inText) {

    static Directory of(Path path) {
      // Only where a name of the path begins and ends.
      Pattern inText =
          Pattern.compile("(?<![\\w.-])" + Pattern.quote(path.toString()) + "(?:/|(?![\\w.-]))");
      return new Directory(path.toString(), String.valueOf(path.getFileName()), inText);
    }

    String hide(String text) {
      return inText
          .matcher(text)
          .replaceAll(found -> found.group().endsWith("/") ? "" : Matcher.quoteReplacement(name));
    }
  }

  private final List<Path> libraries;
  private volatile List<Directory> directories;

  /**
   * @param libraries what every script sees
   */
  HostPaths(List<Path> libraries) {
    this.libraries = libraries;
    this.directories = sorted(libraries);
  }

  /** Knows the directories of one run too. */
  void begin(Path scripts, Path scratch, @Nullable Path input) {
    List<Path> all = new ArrayList<>(libraries);
    all.add(scripts);
    all.add(scratch);
    Path uploads = input == null ? null : input.getParent();
    if (uploads != null) {
      all.add(uploads);
    }
    directories = sorted(all);
  }

  /** The text without the beginnings of the host's paths. */
  String hide(String text) {
    if (text.indexOf('/') < 0) {
      return text;
    }
    String shown = text;
    for (Directory directory : directories) {
      if (shown.contains(directory.path())) {
        shown = directory.hide(shown);
      }
    }
    return shown;
  }

  /** Longer ones first, as one may lie in another. */
  private static List<Directory> sorted(List<Path> paths) {
    return paths.stream()
        .filter(path -> path.getNameCount() > 0)
        .distinct()
        .map(Directory::of)
        .sorted(Comparator.comparingInt((Directory found) -> found.path().length()).reversed())
        .toList();
  }
}
