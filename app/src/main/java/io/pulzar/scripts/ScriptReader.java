package io.pulzar.scripts;

import io.pulzar.scripts.PythonLiteral.Reading;
import io.pulzar.scripts.PythonOutline.Definition;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Says which form a script has and what its docstring is, by the rules with which the worker runs
 * it ({@code _pulzar/forms.py}).
 *
 * <p>What it says of limits must be certain, or else a doubt: the worker, which has the real
 * docstring, compares before anything of the job runs, and refuses what was missed here. A doubt
 * about a file that speaks of limits refuses the launch.
 */
final class ScriptReader {

  private static final int LONGEST_DOCSTRING = 16 << 10;
  private static final int MOST_BASES = 32;

  /** A limit, or a parameter that is secret: what must not be overlooked. */
  private static final Pattern LIMIT =
      Pattern.compile(
          "(?im)(?:^|[\"'])\\s*(?:(?:timeout|memory|retries|network|runtime|secrets|notify|isolation"
              + "|node)\\s*:\\s*\\S|\\w+[\"']\\s*:\\s*[\"']\\s*secret\\b)");

  /**
   * A shebang that can mean nothing else. {@code python} and {@code python3} say nothing, as they
   * stand there out of habit.
   */
  private static final Pattern PYTHON2 =
      Pattern.compile("\\uFEFF?#!.*[/ ](?:python2[.0-9]*|jython[.0-9]*)(?:\\s|$)");

  private final String path;
  private final String className;
  private final String source;
  private final PythonOutline outline;

  private ScriptReader(String path, String source) {
    this.path = path;
    this.className = ScriptPath.className(path);
    this.source = source;
    this.outline = new PythonOutline(source);
  }

  /**
   * Reads a script.
   *
   * @param path its name below the jobs directory
   */
  static KnownScript read(String path, String source) {
    KnownScript read = new ScriptReader(path, source).read();
    return PYTHON2.matcher(source).lookingAt() ? read.inPython2() : read;
  }

  /** A script that is too large to be read. */
  static KnownScript tooLarge(String path, long bytes) {
    return new KnownScript(
        path, true, "", "the file has more than " + bytes + " bytes, which is too much", "");
  }

  private KnownScript read() {
    Optional<Definition> type = outline.inModule(true, className);
    Optional<Definition> function = outline.inModule(false, "execute");
    if (type.isPresent() && (function.isEmpty() || hasExecute(type.get()))) {
      return job(type.get());
    }
    if (type.isEmpty() && outline.binds(className)) {
      return of(true, new Reading.Unsure(className + " is another name for something"), "");
    }
    if (function.isPresent()) {
      return of(true, outline.docstring(function.get()), "");
    }
    if (outline.binds("execute")) {
      return of(true, new Reading.Unsure("execute is another name for something"), "");
    }
    List<Definition> jobs = outline.subclasses().stream().filter(this::hasExecute).toList();
    if (jobs.size() == 1) {
      return job(jobs.getFirst());
    }
    Optional<Definition> main = outline.inModule(false, "main");
    if (main.isPresent()) {
      Reading own = outline.docstring(main.get());
      Reading counts = own instanceof Reading.None ? outline.moduleDocstring() : own;
      return of(true, counts, main.get().between());
    }
    return of(outline.does(), outline.moduleDocstring(), "");
  }

  private boolean hasExecute(Definition type) {
    return outline.method(type, "execute").isPresent();
  }

  private KnownScript job(Definition type) {
    return of(true, inherited(type), "");
  }

  /** The docstring of {@code execute}, of the class or of those of this file that it extends. */
  private Reading inherited(Definition type) {
    Set<String> seen = new HashSet<>();
    Optional<Definition> at = Optional.of(type);
    while (at.isPresent() && seen.size() < MOST_BASES && seen.add(at.get().name())) {
      Optional<Definition> execute = outline.method(at.get(), "execute");
      if (execute.isPresent()) {
        return outline.docstring(execute.get());
      }
      List<String> bases = PythonOutline.bases(at.get());
      if (bases.isEmpty() || bases.getFirst().equals("CoreJobs")) {
        return new Reading.None();
      }
      at = outline.inModule(true, bases.getFirst());
    }
    return new Reading.Unsure("execute is inherited");
  }

  private KnownScript of(boolean runs, Reading docstring, String signature) {
    return switch (docstring) {
      case Reading.Text(String text) when text.length() > LONGEST_DOCSTRING ->
          new KnownScript(
              path, runs, "", "it has more than " + LONGEST_DOCSTRING + " characters", signature);
      case Reading.Text(String text) -> new KnownScript(path, runs, text, "", signature);
      case Reading.None() -> new KnownScript(path, runs, "", "", signature);
      case Reading.Unsure(String reason) ->
          new KnownScript(path, runs, "", LIMIT.matcher(source).find() ? reason : "", signature);
    };
  }
}
