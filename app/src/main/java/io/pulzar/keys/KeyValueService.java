package io.pulzar.keys;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.json.JsonMapper;
import io.micronaut.serde.annotation.Serdeable;
import io.pulzar.access.KeyTickets;
import io.pulzar.http.HttpClients;
import io.pulzar.http.Times;
import io.pulzar.keys.KeyOperations.KeyQuestion;
import io.pulzar.keys.KeyOperations.Placed;
import io.pulzar.polyglot.HostCallException;
import io.pulzar.python.ScriptRun;
import io.pulzar.python.ScriptService;
import io.pulzar.rights.Right;
import io.pulzar.settings.Settings;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * {@code keys.value}: a value for a script, from whatever node holds it. It comes as a file in the
 * run's scratch directory, which goes with the run.
 */
@Singleton
final class KeyValueService implements ScriptService {

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String NOTHING = "null";

  private final IndexAccess index;
  private final JsonMapper json;
  private final HttpClient http;
  private final KeyTickets tickets;

  KeyValueService(IndexAccess index, KeyTickets tickets, JsonMapper json, Settings settings) {
    this.http =
        HttpClients.client(settings)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    this.index = index;
    this.tickets = tickets;
    this.json = json;
  }

  @PreDestroy
  void stop() {
    http.shutdownNow();
  }

  @Override
  public String name() {
    return "keys.value";
  }

  @Override
  public String answer(ScriptRun run, String arguments) throws HostCallException, IOException {
    Asked asked = ScriptArguments.read(json, arguments, Asked.class);
    run.rights().requireData(Right.READ_DATA, asked.key());
    try {
      Placed placed = index.ask(KeyOperations.LOCATE, new KeyQuestion(asked.key()));
      Path file = run.madeScratch().resolve(".value-" + UUID.randomUUID());
      return fetch(placed, file) ? answer(placed, file) : NOTHING;
    } catch (HostCallException e) {
      if (e.type().equals("KeyError")) {
        return NOTHING;
      }
      throw e;
    }
  }

  private String answer(Placed placed, Path file) throws IOException {
    return json.writeValueAsString(
        new Answer(file.toString(), Times.utc(Instant.ofEpochMilli(placed.written()))));
  }

  /** Whether the value was still there. */
  private boolean fetch(Placed placed, Path file) throws HostCallException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(tickets.onto(placed.url()))).timeout(PATIENCE).build();
    try {
      HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        if (answer.statusCode() == 200) {
          // The script may have put something there: a file is made, and none is opened.
          Files.copy(body, file);
          return true;
        }
      }
      if (answer.statusCode() == 404) {
        return false;
      }
      throw new HostCallException(
          "OSError",
          "the node " + placed.node() + " can't give out the value of " + placed.key() + " now");
    } catch (IOException e) {
      throw new HostCallException(
          "OSError",
          "the node " + placed.node() + " with the value of " + placed.key() + " can't be read");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HostCallException("OSError", "the run ended while the value was read");
    }
  }

  @Serdeable
  record Asked(String key) {}

  /**
   * @param valuePath the file with the value
   * @param datetime when it was written
   */
  @Serdeable
  record Answer(@JsonProperty("value_path") String valuePath, String datetime) {}
}
