package io.pulzar.scripts;

import io.micronaut.serde.annotation.Serdeable;
import io.pulzar.polyglot.ScriptRuntime;
import java.util.ArrayList;
import java.util.List;

/**
 * A script's file, as it was read.
 *
 * @param path below the jobs directory, without {@code .py}
 * @param runs whether it is there to be launched, and not only to be imported by others
 * @param docstring the one that counts for its form; empty when there is none
 * @param doubt why limits may be missing in it, as the end of a sentence; empty when none are
 * @param signature the parameters of a script that is a function {@code main}; else empty
 * @param forPython2 whether its shebang names Python 2
 */
@Serdeable
record KnownScript(
    String path,
    boolean runs,
    String docstring,
    String doubt,
    String signature,
    boolean forPython2) {

  KnownScript(String path, boolean runs, String docstring, String doubt, String signature) {
    this(path, runs, docstring, doubt, signature, false);
  }

  KnownScript inPython2() {
    return new KnownScript(path, runs, docstring, doubt, signature, true);
  }

  ScriptDocumentation documentation() {
    ScriptDocumentation read = withoutShebang();
    return forPython2 ? read.unlessItSays(ScriptRuntime.PYTHON2) : read;
  }

  private ScriptDocumentation withoutShebang() {
    ScriptDocumentation read =
        docstring.isEmpty() ? ScriptDocumentation.NONE : ScriptDocumentation.parse(docstring);
    if (doubt.isEmpty() && signature.isEmpty()) {
      return read;
    }
    List<String> problems = new ArrayList<>(read.problems());
    if (!doubt.isEmpty()) {
      problems.add(
          "the docstring of "
              + path
              + ".py, which may set limits, can't be read for certain: "
              + doubt
              + "; write it as one plain text into the execute of the class that is run");
    }
    return new ScriptDocumentation(
        read.description(),
        read.arguments(),
        read.category(),
        read.author(),
        read.wishes(),
        read.declared(),
        signature.isEmpty() ? read.parameters() : Signature.parse(signature),
        List.copyOf(problems));
  }
}
