package io.pulzar.extensions;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import io.pulzar.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What must stay true of extensions however long they are called, on a server with real workers.
 * The whole proof: {@code -Dpulzar.changes=50 -Dpulzar.uploads=10000 -Dpulzar.readings=10000}.
 */
@Tag("long")
final class ExtensionsLastingIT {

  private static final int CHANGES = Integer.getInteger("pulzar.changes", 4);
  private static final int UPLOADS = Integer.getInteger("pulzar.uploads", 200);
  private static final int READINGS = Integer.getInteger("pulzar.readings", 60);
  private static final int CLIENTS = 8;

  /** Small, as Java takes what it may have before it tidies up. */
  private static final String HEAP = "256MB";

  /** What a worker's memory may grow by while machine code is still being made. */
  private static final long GROWTH_KILOBYTES = 100_000;

  private static final Path IMAGE = Path.of("..", "python-lib", "tests", "library", "spotify.png");

  private static final String SIZE =
      """
      import os
      from pulzarutils.extension import Extension

      class Size(Extension):
          def __init__(self, arguments, params, file_path=None):
              self.file_path = file_path

          def execute(self):
              size = os.path.getsize(self.file_path)
              if size % 5 == 0:
                  raise ValueError('a size that nobody likes')
              with open('left_behind', 'w') as file:
                  file.write('x')
              return size
      """;

  private static final Pattern NUMBERS = Pattern.compile("\\[(\\d+), (\\d+)]");
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

  @TempDir private Path directory;
  private final HttpClient client = HttpClient.newHttpClient();
  private Path extensions;
  private int port;
  private ServerProcess server;

  @BeforeEach
  void start() throws Exception {
    extensions = Files.createDirectories(directory.resolve("extensions"));
    Files.writeString(extensions.resolve("size.py"), SIZE);
    Files.copy(Path.of("..", "extensions", "ocr.py"), extensions.resolve("ocr.py"));
    port = ServerProcess.freePort();
    server =
        ServerProcess.start(
                directory.resolve("home"),
                "--port=" + port,
                "--node-port=0",
                "--extensions=" + extensions,
                "--set=pulzar.workers.heap=" + HEAP,
                "--set=pulzar.extensions.memory=" + HEAP,
                "--set=pulzar.extensions.timeout=10m")
            .awaitReady();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void whileAFileChangesEachAnswerIsWhollyOfOneVersionAndNeverOfAnEarlierOne() throws Exception {
    AtomicInteger version = new AtomicInteger();
    change(version);
    AtomicBoolean over = new AtomicBoolean();
    Queue<String> wrong = new ConcurrentLinkedQueue<>();
    AtomicInteger answers = new AtomicInteger();
    List<Thread> clients =
        inParallel(
            () -> {
              while (!over.get() && wrong.isEmpty()) {
                int least = version.get();
                String answer = get("/extension/numbered").body();
                answers.incrementAndGet();
                if (!isWhollyOf(answer, least)) {
                  wrong.add(answer + " although " + least + " was there");
                }
              }
            });
    for (int i = 0; i < CHANGES; i++) {
      change(version);
      int seen = answers.get();
      Await.until(
          "each client has called again",
          () -> answers.get() >= seen + 2 * CLIENTS || !wrong.isEmpty());
    }
    over.set(true);
    for (Thread one : clients) {
      one.join();
    }
    assertThat(wrong).isEmpty();
    System.out.printf("%d changes, %d answers%n", CHANGES, answers.get());
  }

  @Test
  void callsWithUploadsLeaveNoFile() throws Exception {
    AtomicInteger left = new AtomicInteger(UPLOADS);
    Queue<String> wrong = new ConcurrentLinkedQueue<>();
    List<Thread> clients =
        inParallel(
            () -> {
              for (int size = left.getAndDecrement(); size > 0; size = left.getAndDecrement()) {
                int status = put("/extension/size", "x".repeat(size)).statusCode();
                if (status != (size % 5 == 0 ? 422 : 200)) {
                  wrong.add(size + " bytes: " + status);
                }
              }
            });
    for (Thread one : clients) {
      one.join();
    }
    assertThat(wrong).isEmpty();
    assertThat(left.get()).isNotPositive();
    assertThat(directory.resolve("home/uploads")).isEmptyDirectory();
    Await.until(
        "scratch directories are gone", () -> isWithoutFiles(directory.resolve("home/scratch")));
  }

  @Test
  void theMemoryOfAWorkerStaysWhereItIs() throws Exception {
    byte[] image = Files.readAllBytes(IMAGE);
    long early = 0;
    for (int i = 1; i <= READINGS; i++) {
      assertThat(put("/extension/ocr/x", BodyPublishers.ofByteArray(image)).statusCode())
          .isEqualTo(200);
      if (i == Math.max(1, READINGS / 10)) {
        early = largestWorker();
      }
    }
    long late = largestWorker();
    System.out.printf(
        "%d readings: %d kB after a tenth, %d kB in the end%n", READINGS, early, late);
    assertThat(late).isLessThan(early + GROWTH_KILOBYTES);
  }

  private static boolean isWhollyOf(String answer, int leastVersion) {
    Matcher numbers = NUMBERS.matcher(answer);
    return numbers.find()
        && numbers.group(1).equals(numbers.group(2))
        && Integer.parseInt(numbers.group(1)) >= leastVersion;
  }

  private void change(AtomicInteger version) throws IOException {
    int next = version.get() + 1;
    Path draft = Files.writeString(extensions.resolve("draft"), numbered(next));
    Files.move(
        draft,
        extensions.resolve("numbered.py"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    version.set(next);
  }

  /** An extension that says its number at its begin and at its end. */
  private static String numbered(int number) {
    return """
        from pulzarutils.extension import Extension

        FIRST = %d
        %s

        class Numbered(Extension):
            def __init__(self, arguments, params, file_path=None):
                pass

            def execute(self):
                return [FIRST, LAST]

        LAST = %d
        """
        .formatted(number, "# padding\n".repeat(2_000), number);
  }

  private static List<Thread> inParallel(Runnable work) {
    return IntStream.range(0, CLIENTS).mapToObj(number -> Thread.startVirtualThread(work)).toList();
  }

  private static boolean isWithoutFiles(Path tree) {
    try (Stream<Path> files = Files.walk(tree)) {
      return files.noneMatch(Files::isRegularFile);
    } catch (IOException e) {
      // A directory went while it was walked.
      return false;
    }
  }

  /** The resident memory of the worker that has most, in kilobytes. */
  private long largestWorker() throws IOException {
    long most = 0;
    for (ProcessHandle worker : server.children().toList()) {
      String status = Files.readString(Path.of("/proc", Long.toString(worker.pid()), "status"));
      most =
          Math.max(
              most,
              RESIDENT
                  .matcher(status)
                  .results()
                  .mapToLong(found -> Long.parseLong(found.group(1)))
                  .findAny()
                  .orElse(0));
    }
    return most;
  }

  private HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder().GET(), path);
  }

  private HttpResponse<String> put(String path, String body) {
    return put(path, BodyPublishers.ofString(body));
  }

  private HttpResponse<String> put(String path, BodyPublisher body) {
    return send(HttpRequest.newBuilder().PUT(body), path);
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String path) {
    try {
      return client.send(
          request.uri(URI.create("http://127.0.0.1:" + port + path)).build(),
          BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
