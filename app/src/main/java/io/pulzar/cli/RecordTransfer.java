package io.pulzar.cli;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Shared values and text records, one by one, in and out of a server. */
final class RecordTransfer {

  private static final Duration ANSWER = Duration.ofSeconds(60);
  private static final String PLAIN = "text/plain; charset=utf-8";

  private final ServerClient server;
  private final Optional<String> peerToken;

  /**
   * @param peerToken what installations show each other
   */
  RecordTransfer(ServerClient server, Optional<String> peerToken) {
    this.server = server;
    this.peerToken = peerToken;
  }

  /** What another server, of ours or of the original, answers to {@code /nodes/dump}. */
  Map<?, ?> dumpOf(URI url) {
    HttpRequest request = HttpRequest.newBuilder(url).timeout(ANSWER).build();
    Map<?, ?> fields =
        JsonText.object(server.send(request, BodyHandlers.ofByteArray()).body())
            .orElseThrow(() -> new RefusedException(url + " does not answer with a dump"));
    if (fields.get("data") instanceof Map<?, ?> data) {
      return data;
    }
    throw new RefusedException(url + " has no values");
  }

  /** Sets a shared value. */
  void setValue(String name, String value) {
    send(server.request("/nodes/values/" + UrlText.part(name)), value);
  }

  /** Stores a finished text record. */
  void putText(String uid, String record) {
    HttpRequest.Builder request =
        server
            .request("/text/" + UrlText.part(uid) + "?mirror=1&bridge=1")
            .header("Accept", "application/json");
    peerToken.ifPresent(text -> request.setHeader("Authorization", "Bearer " + text));
    send(request, record);
  }

  private void send(HttpRequest.Builder request, String text) {
    HttpResponse<byte[]> answer =
        server.send(
            request
                .timeout(ANSWER)
                .header("Content-Type", PLAIN)
                .PUT(BodyPublishers.ofString(text))
                .build(),
            BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw server.refusal(answer, answer.body());
    }
  }
}
