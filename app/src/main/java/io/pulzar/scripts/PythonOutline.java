package io.pulzar.scripts;

import io.pulzar.scripts.PythonLiteral.Reading;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The outline of a Python file: its classes and functions, and what surrounds them. Enough to say
 * which form a script has and what its docstring is, without running anything.
 *
 * <p>It tolerates what Python would refuse, such as a string or a bracket that is never closed:
 * what was found before that point is still found.
 */
final class PythonOutline {

  /**
   * A class or a function.
   *
   * @param name as Python normalizes it
   * @param between what stands between the brackets behind the name
   * @param parent the definition that it is a part of, as an index; -1: the module
   * @param first where its first statement begins, as an index into the source; -1: there is none
   */
  record Definition(boolean isClass, String name, String between, int parent, int first) {}

  private record Open(int indent, int definition) {}

  private static final int MODULE = -1;

  private static final Pattern DEFINITION =
      Pattern.compile("(class|def|async\\s+def)\\s+(\\w+)\\s*", Pattern.UNICODE_CHARACTER_CLASS);

  /** Statements at the top that a module does not have when it is only there to be imported. */
  private static final Pattern DEED =
      Pattern.compile(
          "(?:for|while|with|raise|print|if\\s+__name__)\\b|[\\w.]+\\s*\\(",
          Pattern.UNICODE_CHARACTER_CLASS);

  private final PythonStatements statements;
  private final String source;
  private final List<Definition> definitions = new ArrayList<>();
  private final List<PythonStatements.Statement> top = new ArrayList<>();

  PythonOutline(String text) {
    statements = new PythonStatements(text);
    source = statements.source();
    List<Open> open = new ArrayList<>();
    for (int i = 0; i < statements.all().size(); i++) {
      PythonStatements.Statement statement = statements.all().get(i);
      while (!open.isEmpty() && open.getLast().indent() >= statement.indent()) {
        open.removeLast();
      }
      int parent = open.isEmpty() ? MODULE : open.getLast().definition();
      Matcher matcher = DEFINITION.matcher(source).region(statement.start(), source.length());
      if (matcher.lookingAt()) {
        define(i, matcher, parent);
        open.add(new Open(statement.indent(), definitions.size() - 1));
      } else if (parent == MODULE) {
        top.add(statement);
      }
    }
  }

  private void define(int at, Matcher matcher, int parent) {
    int behind = matcher.end();
    String between = "";
    if (behind < source.length() && source.charAt(behind) == '(') {
      int close = statements.closing(behind);
      between = source.substring(behind + 1, Math.max(behind + 1, close - 1));
      behind = close;
    }
    definitions.add(
        new Definition(
            matcher.group(1).equals("class"),
            normalized(matcher.group(2)),
            between,
            parent,
            firstStatement(at, behind)));
  }

  /** The first statement inside: behind the colon on the same line, or on a line of its own. */
  private int firstStatement(int at, int behindBrackets) {
    int behind = statements.behindHeader(behindBrackets);
    if (behind >= 0) {
      return behind;
    }
    List<PythonStatements.Statement> all = statements.all();
    return at + 1 < all.size() && all.get(at + 1).indent() > all.get(at).indent()
        ? all.get(at + 1).start()
        : -1;
  }

  /** The last class or function of this name in the module; its last definition is what counts. */
  Optional<Definition> inModule(boolean isClass, String name) {
    return named(isClass, name, MODULE).reduce((one, other) -> other);
  }

  /** All classes of the module that extend something. */
  List<Definition> subclasses() {
    return definitions.stream()
        .filter(found -> found.isClass() && found.parent() == MODULE)
        .filter(found -> !found.between().isBlank())
        .toList();
  }

  Optional<Definition> method(Definition type, String name) {
    return named(false, name, definitions.indexOf(type)).reduce((one, other) -> other);
  }

  private Stream<Definition> named(boolean isClass, String name, int parent) {
    return definitions.stream()
        .filter(
            found ->
                found.isClass() == isClass
                    && found.parent() == parent
                    && found.name().equals(name));
  }

  /** The names of the classes that a class extends, without those that are no plain names. */
  static List<String> bases(Definition type) {
    return Stream.of(type.between().split(","))
        .map(String::strip)
        .filter(base -> base.matches("[\\p{L}\\p{M}\\p{N}_]+"))
        .toList();
  }

  Reading docstring(Definition definition) {
    return definition.first() < 0
        ? new Reading.None()
        : PythonLiteral.at(source, definition.first());
  }

  Reading moduleDocstring() {
    List<PythonStatements.Statement> all = statements.all();
    return all.isEmpty() ? new Reading.None() : PythonLiteral.at(source, all.getFirst().start());
  }

  /** Whether a statement of the module, by an assignment or an import, binds a name. */
  boolean binds(String name) {
    Pattern binding =
        Pattern.compile(
            "(?:from\\s.*\\bimport\\b.*|import\\s.*\\bas\\s+)\\b%1$s\\b.*|%1$s\\s*=(?!=).*"
                .formatted(Pattern.quote(name)),
            Pattern.DOTALL | Pattern.UNICODE_CHARACTER_CLASS);
    return top.stream()
        .map(statement -> source.substring(statement.start(), statements.end(statement)))
        .anyMatch(text -> binding.matcher(text).matches());
  }

  /** Whether the module does something when it is run, beyond defining what others use. */
  boolean does() {
    return top.stream()
        .anyMatch(
            statement ->
                DEED.matcher(source).region(statement.start(), source.length()).lookingAt());
  }

  private static String normalized(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFKC);
  }
}
