package io.pulzar.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.function.Supplier;

/** Values, in and out of the node that has them; only a part of one is ever in memory. */
final class ValueTransfer {

  private static final int PIECE = 64 << 10;

  private final ServerClient server;
  private final Terminal terminal;

  ValueTransfer(ServerClient server, Terminal terminal) {
    this.server = server;
    this.terminal = terminal;
  }

  /**
   * Stores one.
   *
   * @param query how
   * @param size negative when it is not known
   * @param value opened once, when the node that takes it is known
   */
  void put(String key, UrlText.Query query, long size, Supplier<InputStream> value) {
    try (Progress progress = Progress.start(terminal, "put " + key).of(size)) {
      BodyPublisher stream = BodyPublishers.ofInputStream(() -> new Counted(value.get(), progress));
      BodyPublisher body = size < 0 ? stream : sized(stream, size);
      // The master sends on to a node, and a node refuses, before anything of the value is sent.
      HttpRequest request =
          server
              .request("/add_key" + encoded(key) + query)
              .expectContinue(size != 0)
              .header("Content-Type", "application/octet-stream")
              .PUT(body)
              .build();
      server.data(server.send(request, BodyHandlers.ofByteArray()));
    }
  }

  private static BodyPublisher sized(BodyPublisher stream, long size) {
    return size == 0 ? BodyPublishers.noBody() : BodyPublishers.fromPublisher(stream, size);
  }

  /** Where a value goes. */
  interface Target {
    OutputStream open() throws IOException;
  }

  /**
   * Reads one.
   *
   * @param target opened when there is a value
   * @return how many bytes it has
   * @throws NoServerException when it broke off
   */
  long get(String key, Target target) {
    HttpResponse<InputStream> answer =
        server.send(
            server.request("/get_key" + encoded(key)).build(), BodyHandlers.ofInputStream());
    long size = answer.headers().firstValueAsLong("Content-Length").orElse(-1);
    try (InputStream value = answer.body();
        Progress progress = Progress.start(terminal, "get " + key).of(size)) {
      if (answer.statusCode() != 200) {
        throw server.refusal(answer, value.readAllBytes());
      }
      return copy(new Counted(value, progress), target);
    } catch (IOException e) {
      throw server.unreachable(e);
    }
  }

  private long copy(InputStream value, Target target) throws IOException {
    try (OutputStream out = target.open()) {
      long count = 0;
      byte[] piece = new byte[PIECE];
      for (int read = value.read(piece); read >= 0; read = value.read(piece)) {
        write(out, piece, read);
        count += read;
      }
      return count;
    }
  }

  private static void write(OutputStream out, byte[] piece, int length) {
    try {
      out.write(piece, 0, length);
    } catch (IOException e) {
      throw new RefusedException("the value can't be written: " + e.getMessage());
    }
  }

  /** With the slash that a key begins with. */
  static String encoded(String key) {
    return UrlText.path(key.startsWith("/") ? key : "/" + key);
  }

  /** Tells how much was read. */
  private static final class Counted extends FilterInputStream {

    private final Progress progress;

    Counted(InputStream in, Progress progress) {
      super(in);
      this.progress = progress;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = super.read(bytes, offset, length);
      progress.moved(Math.max(count, 0));
      return count;
    }
  }
}
