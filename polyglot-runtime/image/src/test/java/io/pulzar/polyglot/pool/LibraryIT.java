package io.pulzar.polyglot.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.pulzar.Await;
import io.pulzar.polyglot.Call;
import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.Isolation;
import io.pulzar.polyglot.Limits;
import io.pulzar.polyglot.Outcome;
import io.pulzar.polyglot.PythonRuntime;
import io.pulzar.polyglot.PythonRuntimes;
import io.pulzar.polyglot.RunListener;
import io.pulzar.polyglot.RuntimeSettings;
import io.pulzar.polyglot.Script;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What scripts import behaves as on CPython: the cases below {@code python-lib/tests/library} give
 * in a worker what {@code record.py} recorded there.
 */
@Execution(ExecutionMode.CONCURRENT)
final class LibraryIT {

  private static final Path CASES = Path.of("..", "..", "python-lib", "tests", "library");
  private static final String ENDING = "_cases.py";

  private static final String COMPARE =
      """
      import importlib
      import json
      import sys

      import runner

      def execute(arguments):
          name, server, database = arguments
          cases = importlib.import_module(name + '_cases')
          if hasattr(cases, 'SERVER'):
              cases.SERVER = server
          if hasattr(cases, 'DATABASE'):
              cases.DATABASE = database
          with open(f'{sys.path[-1]}/{name}_reference.json', encoding='utf-8') as file:
              wanted = json.load(file)['results']
          differences = []
          for case, found in runner.results(cases).items():
              for number, pair in enumerate(zip(found + ['-'], wanted[case] + ['-'])):
                  if pair[0] != pair[1]:
                      differences.append(f'{case} {number}: {pair[0]} instead of {pair[1]}')
                      break
          return differences
      """;

  @TempDir static Path directory;

  private static PythonRuntime runtime;
  private static HttpsServer server;
  private static Optional<PostgresServer> database;

  @BeforeAll
  static void open() throws Exception {
    Path scripts = Files.createDirectories(directory.resolve("scripts"));
    try (Stream<Path> files = Files.list(CASES)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, scripts.resolve(file.getFileName().toString()));
      }
    }
    for (String extension : List.of("ocr.py", "imagematching.py")) {
      Files.copy(Path.of("..", "..", "extensions", extension), scripts.resolve(extension));
    }
    Files.writeString(scripts.resolve("compare.py"), COMPARE);
    RuntimeSettings defaults =
        RuntimeSettings.defaults(
            Path.of("../target/image"),
            Path.of("../target/image/python-lib"),
            directory.resolve("scratch"));
    runtime = PythonRuntimes.open(defaults.reading(List.of(directory)).interpreted());
    server = httpsServer();
    database = PostgresServer.start();
  }

  @AfterAll
  static void close() throws Exception {
    if (database.isPresent()) {
      database.get().stop();
    }
    server.stop(0);
    runtime.close();
  }

  static Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(CASES)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ENDING))
          .map(name -> name.substring(0, name.length() - ENDING.length()))
          .sorted()
          .toList()
          .stream();
    }
  }

  @Test
  void workersThatAreNotToCompileDoNot() {
    Await.until("a worker is warm", () -> runtime.status().ready());
    assertThat(runtime.status().compiled()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("names")
  void givesWhatCpythonGives(String name) throws Exception {
    assumeTrue(
        !(name.startsWith("psycopg2") || name.equals("pyodbc")) || database.isPresent(),
        "there is no PostgreSQL to be started here");
    String url = "https://localhost:" + server.getAddress().getPort();
    Call call =
        new Call(
            name,
            new Script(directory.resolve("scripts"), "compare", Script.Entry.FUNCTION),
            "[\"%s\", \"%s\", \"%s\"]"
                .formatted(name, url, database.map(PostgresServer::dsn).orElse("")),
            Optional.empty(),
            Isolation.FRESH,
            new Limits(Duration.ofMinutes(5), 512L << 20, 10 << 20, true),
            LibraryIT::facts);
    Outcome outcome =
        runtime
            .start(call, RunListener.SILENT)
            .finished()
            .toCompletableFuture()
            .get(6, TimeUnit.MINUTES)
            .outcome();
    assertThat(outcome).isEqualTo(new Outcome.Completed("[]"));
  }

  /** What the platform would tell psutil of a machine. */
  private static String facts(String name, String arguments, Path scratch)
      throws HostCallException {
    if (!name.equals("system.facts")) {
      throw new HostCallException("NotImplementedError", name);
    }
    return """
        {"processors": 2, "cores": 1, "load": [0.5, 0.25, 0.125], "ticks": [[10, 90], [20, 80]],
         "memory": {"total": 8000000000, "available": 6000000000, "free": 1000000000},
         "disk": {"total": 100000000000, "free": 50000000000, "available": 45000000000}}
        """;
  }

  /** Serves with the certificate of the cases, which no authority signed. */
  private static HttpsServer httpsServer() throws Exception {
    String pem = Files.readString(CASES.resolve("localhost.pem"));
    PrivateKey key =
        KeyFactory.getInstance("EC")
            .generatePrivate(new PKCS8EncodedKeySpec(section(pem, "PRIVATE KEY")));
    Certificate certificate =
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(section(pem, "CERTIFICATE")));
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("localhost", key, new char[0], new Certificate[] {certificate});
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    HttpsServer https =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    https.setHttpsConfigurator(new HttpsConfigurator(context));
    https.createContext(
        "/",
        exchange -> {
          byte[] body =
              ("you asked for " + exchange.getRequestURI()).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    https.start();
    return https;
  }

  private static byte[] section(String pem, String name) {
    String begin = "-----BEGIN " + name + "-----";
    int from = pem.indexOf(begin) + begin.length();
    List<String> lines = pem.substring(from, pem.indexOf("-----END", from)).lines().toList();
    return Base64.getDecoder().decode(String.join("", lines).strip());
  }
}
