package io.pulzar.backup;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.pulzar.cli.RefusedException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys and values of another cluster, as any client uses them. */
final class RemoteValues implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Argument<Map<String, Object>> OBJECT =
      Argument.mapOf(String.class, Object.class);

  /** For a proxy that asks for it (RFC 7617). */
  record Login(String user, String password) {

    String header() {
      byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
      return "Basic " + Base64.getEncoder().encodeToString(both);
    }
  }

  private final URI master;
  private final Optional<Login> login;
  private final JsonMapper json = JsonMapper.createDefault();
  private final HttpClient client;

  RemoteValues(URI master, Optional<Login> login, HttpClient.Builder client) {
    this.client =
        client.connectTimeout(CONNECT).followRedirects(HttpClient.Redirect.NORMAL).build();
    this.master = master;
    this.login = login;
  }

  void put(String key, byte[] value) throws IOException {
    send("PUT", "/add_key" + key + "?replace=true", BodyPublishers.ofByteArray(value), 201);
  }

  byte[] get(String key) throws IOException {
    return send("GET", "/get_key" + key, BodyPublishers.noBody(), 200);
  }

  void delete(String key) throws IOException {
    send("DELETE", "/delete_key" + key, BodyPublishers.noBody(), 200);
  }

  /** Every key that begins with {@code prefix}. */
  List<String> keys(String prefix) throws IOException {
    List<String> keys = new ArrayList<>();
    Object after = "";
    while (after != null) {
      byte[] body =
          send("GET", "/keys?prefix=" + prefix + "&after=" + after, BodyPublishers.noBody(), 200);
      Map<String, Object> envelope = json.readValue(body, OBJECT);
      if (envelope == null || !(envelope.get("data") instanceof Map<?, ?> page)) {
        throw new IOException(master + " does not list its keys like a Pulzar master");
      }
      if (page.get("keys") instanceof List<?> rows) {
        rows.forEach(row -> keys.add(row instanceof Map<?, ?> map ? "" + map.get("key") : ""));
      }
      after = page.get("next");
    }
    return keys;
  }

  private byte[] send(String method, String path, BodyPublisher body, int expected)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(master.resolve(path)).timeout(PATIENCE).method(method, body);
    login.ifPresent(known -> request.header("Authorization", known.header()));
    try {
      HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
      if (answer.statusCode() != expected) {
        throw new IOException(
            "%s%s is answered with status %d".formatted(master, path, answer.statusCode()));
      }
      return answer.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RefusedException("interrupted while " + master + " was asked");
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
