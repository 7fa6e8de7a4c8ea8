package io.pulzar.polyglot.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases that scripts reach by a driver that somebody has added. */
@Tag("slow")
final class FurtherDriversTest {

  private static final String CONNECT =
      """
      import pyodbc

      def execute(arguments):
          connection = pyodbc.connect('DRIVER={H2 2};URL=jdbc:h2:mem:;UID=me;PWD=secret')
      """;

  @TempDir Path directory;
  private Bench bench;
  private Path drivers;

  @BeforeEach
  void open() throws IOException {
    drivers = Files.createDirectory(directory.resolve("drivers"));
    System.setProperty("pulzar.drivers", drivers.toString());
    bench = new Bench(Files.createDirectory(directory.resolve("bench")), 0);
  }

  @AfterEach
  void close() throws IOException {
    System.clearProperty("pulzar.drivers");
    bench.close();
  }

  @Test
  void aDriverCountsFromTheMomentItIsThere() throws IOException {
    assertThat(bench.run(CONNECT).raised().message())
        .contains("Can't open lib 'H2 2'", "SQLite3", "JDBC driver")
        .doesNotContain(directory.toString());

    Files.copy(h2(), drivers.resolve("h2-2.jar"));
    String script =
        CONNECT
            + """
                  cursor = connection.cursor()
                  cursor.execute('create table t (name varchar(20), amount decimal(6, 2), since date)')
                  cursor.executemany('insert into t values (?, ?, ?)', [('one', 1.5, '2026-01-02'), ('two', None, None)])
                  connection.commit()
                  rows = [list(row) for row in cursor.execute('select * from t where name <> ? order by 1', 'none')]
                  return [rows[0][0], str(rows[0][1]), str(rows[0][2]), rows[1], pyodbc.drivers()[-1]]
              """;
    assertThat(bench.run(script).value().replace(" ", ""))
        .isEqualTo("[\"one\",\"1.50\",\"2026-01-02\",[\"two\",null,null],\"h2-2\"]");
  }

  @Test
  void whatADriverRefusesIsAnErrorOfPyodbc() throws IOException {
    Files.copy(h2(), drivers.resolve("h2.jar"));
    String script = CONNECT + "    connection.execute('select * from missing')\n";
    assertThat(bench.run(script).raised().type()).endsWith("ProgrammingError");
  }

  @Test
  void aBrokenJarHarmsNoOther() throws IOException {
    Files.writeString(drivers.resolve("a.jar"), "no jar");
    Files.copy(h2(), drivers.resolve("h2.jar"));
    String script = CONNECT + "    return connection.execute('select 7').fetchval()\n";
    assertThat(bench.run(script).value()).isEqualTo("7");
  }

  private static Path h2() {
    return Path.of(
        org.h2.Driver.class.getProtectionDomain().getCodeSource().getLocation().getPath());
  }
}
