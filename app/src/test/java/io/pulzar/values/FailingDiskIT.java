package io.pulzar.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pulzar.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that answers with input/output errors: an ext4 that is shut down under the server. Only
 * root may make it; elsewhere the test is skipped.
 */
final class FailingDiskIT {

  private static final int MOST_WRITES = 2_000;

  @TempDir private Path directory;
  private Path backing;
  private Path disk;
  private boolean mounted;

  @BeforeEach
  void mount() throws IOException, InterruptedException {
    backing = Files.createDirectories(directory.resolve("backing"));
    disk = Files.createDirectories(directory.resolve("disk"));
    Path image = backing.resolve("image");
    mounted = run("mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", backing.toString());
    assumeTrue(mounted, "only root can mount the disk that this test breaks");
    boolean made =
        run("truncate", "-s", "200M", image.toString())
            && run("mkfs.ext4", "-q", "-O", "^has_journal", image.toString())
            && run("mount", "-o", "loop", image.toString(), disk.toString());
    assumeTrue(made, "there are no loop devices here");
  }

  @AfterEach
  void unmount() throws IOException, InterruptedException {
    if (mounted) {
      boolean _ = run("umount", disk.toString());
      assertThat(run("umount", backing.toString())).isTrue();
    }
  }

  @Test
  void aServerWhoseDiskFailsSaysSoAndEndsToBeStartedAgain() throws Exception {
    int port = ServerProcess.freePort();
    try (ServerProcess server =
            ServerProcess.start(
                disk.resolve("home"),
                "--port",
                "0",
                "--node-port",
                Integer.toString(port),
                "--set",
                "pulzar.workers.max=1");
        HttpClient client = HttpClient.newHttpClient()) {
      server.awaitReady();
      fail(disk);
      Set<Integer> answers = writeUntilItEnds(client, port);
      assertThat(server.awaitExit()).isEqualTo(70);
      assertThat(answers).doesNotContain(500);
      assertThat(server.log())
          .contains("can't be used any more")
          .contains("this process can't go on, and ends so that it is started again")
          .doesNotContain("\tat ");
    }
  }

  /** Every operation on the disk fails from now on, as ext4 has it after a shutdown. */
  private static void fail(Path filesystem) throws IOException, InterruptedException {
    String shutDown =
        "import fcntl, os, struct, sys; "
            + "fcntl.ioctl(os.open(sys.argv[1], os.O_RDONLY), 0x8004587D, struct.pack('I', 2))";
    assertThat(run("python3", "-c", shutDown, filesystem.toString())).isTrue();
  }

  private static Set<Integer> writeUntilItEnds(HttpClient client, int port)
      throws InterruptedException {
    Set<Integer> answers = new HashSet<>();
    try {
      for (int number = 0; number < MOST_WRITES; number++) {
        LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        HttpRequest request =
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/add_key/x/" + number))
                .timeout(Duration.ofSeconds(30))
                .PUT(BodyPublishers.ofByteArray(new byte[50_000]))
                .build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        answers.add(answer.statusCode());
      }
    } catch (IOException ended) {
      return answers;
    }
    throw new AssertionError("the disk took everything: " + answers);
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).start().waitFor() == 0;
  }
}
