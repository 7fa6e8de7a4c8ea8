package io.pulzar.polyglot.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code json.loads} leaves to Java. That the results are right is for LibraryIT. */
@Tag("slow")
final class FastJsonTest {

  /** Reads a document, and tells how often Java was asked meanwhile. */
  private static final String COUNTED =
      """
      import json

      from _pulzar import fast_json

      def asked(*decoders, **hooks):
          calls = []
          parse = fast_json._parse
          fast_json._parse = lambda text: calls.append(1) or parse(text)
          try:
              for decode in decoders or [json.loads]:
                  assert decode('[' + '1,' * 200 + '1]', **hooks) == [1] * 201
              return len(calls)
          finally:
              fast_json._parse = parse
      """;

  @TempDir Path directory;
  private Bench bench;

  @BeforeEach
  void open() throws IOException {
    bench = new Bench(directory.resolve("bench"), 0);
  }

  @AfterEach
  void close() throws IOException {
    bench.close();
  }

  @Test
  void plainDocumentsAreReadByJavaInEveryRun() throws Exception {
    String script =
        COUNTED
            + """
            def execute(arguments):
                return asked(json.loads, json.JSONDecoder().decode, json.JSONDecoder(strict=True).decode)
            """;
    for (int run = 0; run < 3; run++) {
      assertThat(bench.run(script).value()).isEqualTo("3");
    }
  }

  @Test
  void whatHasHooksIsReadByPython() throws Exception {
    String script =
        COUNTED
            + """
            def execute(arguments):
                return [asked(parse_int=int, strict=False), asked(parse_constant=str), asked(object_hook=dict)]
            """;
    assertThat(bench.run(script).value()).isEqualTo("[0, 0, 0]");
  }
}
