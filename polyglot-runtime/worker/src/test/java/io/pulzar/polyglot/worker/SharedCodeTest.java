package io.pulzar.polyglot.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.io.IOAccess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
final class SharedCodeTest {

  @TempDir private Path directory;
  private final ByteArrayOutputStream trace = new ByteArrayOutputStream();

  @Test
  void theCodeOfALibraryIsReadOnceForAllContexts() throws IOException {
    Path source = Files.writeString(directory.resolve("shared.py"), "def f(x):\n    return x\n");
    Path compiled = directory.resolve("shared.pyc");
    try (Engine engine = engine()) {
      run(
          engine,
          "import py_compile; py_compile.compile(%s, cfile=%s, doraise=True)"
              .formatted(quoted(source), quoted(compiled)));
      SharedCode shared = new SharedCode();
      shared.keep(compiled, Files.readAllBytes(compiled));
      for (int context = 0; context < 3; context++) {
        run(
            engine,
            "import marshal; code = marshal.loads(open(%s, 'rb').read()[16:])"
                .formatted(quoted(compiled)));
        System.gc();
      }
      assertThat(shared).isNotNull();
    }
    assertThat(trace.toString(StandardCharsets.UTF_8).lines())
        .filteredOn(line -> line.contains("source-cache-miss") && line.contains(traced(source)))
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "C", "CCCCCCCCCCCCCCCCCC", "cxxxxxxxxxxxxxxxxxxxxx", "N"})
  void aDamagedFileIsForThePythonThatReadsIt(String content) {
    new SharedCode()
        .keep(Path.of("a.pyc"), ("0123456789abcdef" + content).getBytes(StandardCharsets.UTF_8));
  }

  /** The trace cuts long names. */
  private static String traced(Path source) {
    String name = source.toString();
    return name.substring(0, Math.min(name.length(), 40));
  }

  private static void run(Engine engine, String code) {
    try (Context context =
        Context.newBuilder("python").engine(engine).allowIO(IOAccess.ALL).build()) {
      context.eval("python", code);
    }
  }

  private Engine engine() {
    return Engine.newBuilder("python")
        .allowExperimentalOptions(true)
        .option("engine.WarnInterpreterOnly", "false")
        .option("engine.TraceSourceCache", "true")
        .logHandler(trace)
        .build();
  }

  private static String quoted(Path path) {
    return "r'" + path + "'";
  }
}
