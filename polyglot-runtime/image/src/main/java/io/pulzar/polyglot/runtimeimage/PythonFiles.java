package io.pulzar.polyglot.runtimeimage;

import io.pulzar.polyglot.pool.ImageLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;

/** Python's standard library and ours, with byte code beside the sources. */
final class PythonFiles {

  /** What no script can use here: windows on a screen, and tests of Python itself. */
  private static final Pattern OF_NO_USE =
      Pattern.compile(
          "lib/python3[.][0-9]+/(idlelib|tkinter|turtledemo|test|msilib|pydoc_data)(/.*)?");

  /** Of a hundred character sets these have byte code; the others are compiled when used. */
  private static final String RARE =
      "/encodings/(?!__init__|aliases|utf|ascii|latin|idna|punycode|cp1252|unicode|raw|hex|base64)"
          + "|/lib2to3/|/ensurepip/";

  private final ImageLayout image;

  PythonFiles(ImageLayout image) {
    this.image = image;
  }

  /**
   * Takes Python's home out of its jar. Its native libraries go: a script cannot load them, and
   * after one failed attempt Python raises SystemError where scripts expect ImportError.
   */
  void extractHome() throws IOException {
    FileTree.delete(image.python());
    FileTree.delete(image.resources());
    Engine.copyResources(image.resources(), "python");
    Files.move(image.resources().resolve("python").resolve("python-home"), image.python());
    FileTree.delete(image.resources().resolve("python"));
    FileTree.deleteIf(
        image.python(),
        file ->
            file.toString().endsWith(".so")
                || OF_NO_USE.matcher(image.python().relativize(file).toString()).matches());
    compile(image.python().resolve("lib"));
  }

  /** Copies the library that scripts import; what else lies there is for desks. */
  void copyLibrary(Path source) throws IOException {
    FileTree.delete(image.pythonLib());
    FileTree.copy(
        source,
        image.pythonLib(),
        file -> {
          String path = source.relativize(file).toString();
          return !path.startsWith("tests")
              && !path.startsWith("pulzarclient")
              && !path.endsWith(".pyi")
              && !path.contains("__pycache__");
        });
    compile(image.pythonLib());
  }

  /**
   * Byte code that is used without a look at its source, since neither changes any more. What does
   * not compile stays as it is: the standard library has such files on purpose.
   */
  private void compile(Path directory) {
    try (Context python =
        Context.newBuilder("python")
            .allowAllAccess(true)
            .option("python.PythonHome", image.python().toString())
            .option("engine.WarnInterpreterOnly", "false")
            .build()) {
      python.getBindings("python").putMember("directory", directory.toString());
      python.getBindings("python").putMember("rare", RARE);
      python.eval(
          "python",
          """
          import compileall, py_compile, re
          compileall.compile_dir(
              directory, maxlevels=20, quiet=2, force=True, rx=re.compile(rare),
              invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
          """);
    }
  }
}
