package io.pulzar.values;

import io.pulzar.http.HttpClients;
import io.pulzar.keys.KeyOperations.CopyQuestion;
import io.pulzar.keys.KeyOperations.Registration;
import io.pulzar.link.ClusterGuard;
import io.pulzar.link.ClusterKey;
import io.pulzar.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;

/** Reads values from other nodes, as a member of the cluster. */
final class ReplicaTransfer implements ReplicaService.CopySource, AutoCloseable {

  /** Below it: the version's id, and the key in hexadecimal digits. */
  static final String PATH = "/skynet/value/";

  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final ClusterKey key;
  private final Clock clock;
  private final HttpClient client;

  ReplicaTransfer(ClusterKey key, Clock clock, Settings settings) {
    this.client = HttpClients.client(settings).connectTimeout(CONNECT).build();
    this.key = key;
    this.clock = clock;
  }

  @Override
  public InputStream open(CopyQuestion question) throws IOException, InterruptedException {
    Registration value = question.value();
    String path =
        PATH
            + value.id()
            + "/"
            + HexFormat.of().formatHex(value.key().getBytes(StandardCharsets.US_ASCII));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(question.url() + path))
            .headers(ClusterGuard.signed(key, path, clock))
            .build();
    HttpResponse<InputStream> answer = client.send(request, BodyHandlers.ofInputStream());
    if (answer.statusCode() != 200) {
      answer.body().close();
      throw new IOException("node " + value.node() + " answers with status " + answer.statusCode());
    }
    return answer.body();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
