package io.pulzar.polyglot.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class OutcomesTest {

  private static Bench bench;

  @BeforeAll
  static void open() throws Exception {
    bench = new Bench(Files.createTempDirectory("worker"), 1);
  }

  @AfterAll
  static void close() throws Exception {
    bench.close();
  }

  @Test
  void whatExecuteReturnsIsTheValue() throws Exception {
    assertThat(bench.body("return {'a': [1, 2.5, None, True, 'ñ'], 'big': 2 ** 70}").value())
        .isEqualTo("{\"a\": [1, 2.5, null, true, \"\\u00f1\"], \"big\": 1180591620717411303424}");
  }

  @Test
  void printGoesToTheLog() throws Exception {
    assertThat(bench.body("print('one', 2)\nprint('three')").log()).isEqualTo("one 2\nthree\n");
  }

  @Test
  void anExceptionIsDescribedWithTheFramesOfTheScript() throws Exception {
    var raised = bench.body("raise KeyError('missing thing')").raised();
    assertThat(raised.type()).isEqualTo("KeyError");
    assertThat(raised.message()).isEqualTo("'missing thing'");
    assertThat(raised.traceback())
        .isEqualTo(
            """
            Traceback (most recent call last):
              File "snippet.py", line 2, in execute
                raise KeyError('missing thing')
            KeyError: 'missing thing'
            """);
  }
}
