package io.pulzar.alarms;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.pulzar.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A real receiver of webhooks, which takes what it is sent or does not. */
public final class TestReceiver implements AutoCloseable {

  /** What it was sent, and what it answered. */
  public record Received(String id, String timestamp, String signature, String body, int answer) {

    public boolean isTaken() {
      return answer / 100 == 2;
    }
  }

  /** Answers a request. */
  @FunctionalInterface
  public interface Answer {
    int to(HttpExchange request) throws IOException;
  }

  public final List<Received> all = new CopyOnWriteArrayList<>();
  public volatile Answer answer = request -> 204;
  private final HttpServer server;

  public TestReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::receive);
    server.start();
  }

  public String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** Those that it took, as far as they have such a text in them. */
  public List<Received> taken(String text) {
    return all.stream().filter(one -> one.isTaken() && one.body().contains(text)).toList();
  }

  /** Waits for the first that it takes with such a text in it. */
  public Received awaitTaken(String text) {
    Await.until("a webhook with " + text, () -> !taken(text).isEmpty());
    return taken(text).getFirst();
  }

  private void receive(HttpExchange request) throws IOException {
    try (request) {
      String body = new String(request.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      int status = answer.to(request);
      all.add(
          new Received(
              header(request, "webhook-id"),
              header(request, "webhook-timestamp"),
              header(request, "webhook-signature"),
              body,
              status));
      if (status > 0) {
        request.sendResponseHeaders(status, -1);
      }
    }
  }

  private static String header(HttpExchange request, String name) {
    return Objects.requireNonNullElse(request.getRequestHeaders().getFirst(name), "");
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
