package io.pulzar.packages;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An index of packages as of PEP 503, on loopback, over the files of a folder. */
final class SimpleIndex implements AutoCloseable {

  private final Path folder;
  private final HttpServer server;

  SimpleIndex(Path folder) throws IOException {
    this.folder = folder;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/simple/", this::page);
    server.createContext("/files/", this::file);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/simple";
  }

  private void page(HttpExchange exchange) throws IOException {
    String name = exchange.getRequestURI().getPath().split("/", -1)[2];
    List<String> files;
    try (Stream<Path> all = Files.list(folder)) {
      files =
          all.map(file -> file.getFileName().toString())
              .filter(file -> file.startsWith(name + "-"))
              .sorted()
              .toList();
    }
    String links =
        files.stream()
            .map(file -> "<a href=\"/files/%s\">%s</a>".formatted(file, file))
            .collect(Collectors.joining("\n", "<!DOCTYPE html><html><body>", "</body></html>"));
    exchange.getResponseHeaders().set("Content-Type", "text/html");
    send(exchange, files.isEmpty() ? 404 : 200, links.getBytes(StandardCharsets.UTF_8));
  }

  private void file(HttpExchange exchange) throws IOException {
    Path file = folder.resolve(Path.of(exchange.getRequestURI().getPath()).getFileName());
    send(exchange, 200, Files.readAllBytes(file));
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
