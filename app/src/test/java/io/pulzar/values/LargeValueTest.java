package io.pulzar.values;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import io.pulzar.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Large values go in and out; one larger than the heap passes through it both ways. {@code
 * -Dpulzar.value-mb=2048 -Dpulzar.heap-mb=256} tries a larger one.
 */
@Tag("slow")
class LargeValueTest {

  private static final int VALUE_MB = Integer.getInteger("pulzar.value-mb", 160);
  private static final int HEAP_MB = Integer.getInteger("pulzar.heap-mb", 64);

  private static final int TRANSPORT_BUFFER_MB = 16;
  private static final int TIMES = 12;

  @TempDir private Path directory;
  private final HttpClient client = HttpClient.newHttpClient();
  private Process server;
  private int nodePort;

  @BeforeEach
  void start() throws IOException {
    int port = freePort();
    nodePort = freePort();
    server =
        new ChildJvm(NodeProcess.class)
            .option("-Xmx" + HEAP_MB + "m")
            .start(
                Stream.concat(
                        Stream.of(
                            directory.toString(),
                            "pulzar.server.port=" + port,
                            "pulzar.volume.port=" + nodePort,
                            "pulzar.general.maxsize=" + VALUE_MB),
                        more(directory).stream())
                    .toArray(String[]::new));
    discardOutput(server);
    Await.until("the server is ready", () -> status(client, port, "/get_node/a") == 200);
  }

  /** Further settings, as name=value. */
  List<String> more(Path home) {
    return List.of();
  }

  @AfterEach
  void stop() throws InterruptedException {
    client.close();
    boolean _ = server.toHandle().destroyForcibly();
    server.waitFor();
  }

  @Test
  void aValueLargerThanTheHeapGoesInAndOut() throws IOException, InterruptedException {
    CheckedInputStream sent = new CheckedInputStream(new Generated(), new CRC32C());
    store("large", BodyPublishers.ofInputStream(() -> sent));
    URI get = URI.create("http://127.0.0.1:" + nodePort + "/get_key/large");
    CRC32C received = new CRC32C();
    try (InputStream body =
        client.send(HttpRequest.newBuilder(get).build(), BodyHandlers.ofInputStream()).body()) {
      byte[] piece = new byte[1 << 16];
      for (int read = body.read(piece); read >= 0; read = body.read(piece)) {
        received.update(piece, 0, read);
      }
    }
    assertThat(received.getValue()).isEqualTo(sent.getChecksum().getValue());
  }

  /** It depends on who is faster, so one value proves nothing. */
  @Test
  void valuesLargerThanTheBufferOfTheTransportArriveHoweverFastTheyAreSent()
      throws IOException, InterruptedException {
    byte[] value = new byte[(TRANSPORT_BUFFER_MB + 4) << 20];
    for (int number = 0; number < TIMES; number++) {
      store("fast-" + number, BodyPublishers.ofByteArray(value));
    }
  }

  private void store(String key, BodyPublisher value) throws IOException, InterruptedException {
    URI put = URI.create("http://127.0.0.1:" + nodePort + "/add_key/" + key);
    HttpResponse<String> stored =
        client.send(HttpRequest.newBuilder(put).PUT(value).build(), BodyHandlers.ofString());
    assertThat(stored.statusCode()).as(stored.body()).isEqualTo(201);
  }

  private static int status(HttpClient client, int port, String path) {
    try {
      return client
          .send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
              BodyHandlers.discarding())
          .statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  private static void discardOutput(Process server) {
    BufferedReader output =
        new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
    Thread.ofVirtual().start(() -> output.lines().forEach(ignored -> {}));
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }

  /** As many bytes as the value is to have, without any of them being kept. */
  private static final class Generated extends InputStream {

    private final byte[] block = new byte[1 << 16];
    private long left = (long) VALUE_MB << 20;

    Generated() {
      new Random(1).nextBytes(block);
    }

    @Override
    public int read() {
      return left-- > 0 ? block[(int) (left & 0xffff)] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      if (left == 0) {
        return -1;
      }
      int count = (int) Math.min(left, Math.min(length, block.length));
      block[0]++;
      System.arraycopy(block, 0, into, offset, count);
      left -= count;
      return count;
    }
  }
}
