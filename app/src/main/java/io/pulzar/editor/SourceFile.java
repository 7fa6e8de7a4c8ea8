package io.pulzar.editor;

import io.pulzar.http.ApiException;
import io.pulzar.http.RawPath;
import io.pulzar.polyglot.Script.Entry;
import io.pulzar.scripts.ScriptPath;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file that can be edited.
 *
 * @param path below the directory of its kind, without {@code .py}
 */
record SourceFile(Kind kind, String path) {

  /** What a file is there for. */
  enum Kind {
    JOBS("jobs", Entry.JOB),
    EXTENSIONS("extensions", Entry.EXTENSION);

    private final String word;
    private final Entry entry;

    Kind(String word, Entry entry) {
      this.word = word;
      this.entry = entry;
    }

    Entry entry() {
      return entry;
    }
  }

  private static final Pattern EXTENSION = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,99}(\\.py)?");

  /**
   * Reads the end of a route, {@code jobs/example/factorial} or {@code extensions/ocr}.
   *
   * @throws ApiException 400 when it can't be the name of such a file, 404 for another kind
   */
  static SourceFile parse(String encoded) {
    int slash = encoded.indexOf('/');
    Kind kind =
        kind(slash < 0 ? encoded : encoded.substring(0, slash))
            .orElseThrow(
                () ->
                    ApiException.notFound(
                        "no_such_resource", "sources are below jobs/ and extensions/"));
    String rest = slash < 0 ? "" : encoded.substring(slash + 1);
    if (kind == Kind.JOBS) {
      return new SourceFile(kind, ScriptPath.parse(rest));
    }
    List<String> segments = RawPath.segments(rest);
    if (segments.size() != 1 || !EXTENSION.matcher(segments.getFirst()).matches()) {
      throw ApiException.badRequest(
          "bad_extension_name",
          "an extension's name begins with a letter and has letters, digits and underscores only");
    }
    String name = segments.getFirst();
    return new SourceFile(
        kind, name.endsWith(".py") ? name.substring(0, name.length() - ".py".length()) : name);
  }

  private static Optional<Kind> kind(String word) {
    for (Kind kind : Kind.values()) {
      if (kind.word.equals(word)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /** How grants name it. */
  String script() {
    return kind == Kind.JOBS ? path : "extensions/" + path;
  }

  /** As the route names it. */
  @Override
  public String toString() {
    return kind.word + "/" + path;
  }
}
