package io.pulzar.keys;

import io.micronaut.json.JsonMapper;
import io.pulzar.access.KeyTickets;
import io.pulzar.http.ApiException;
import io.pulzar.http.HttpClients;
import io.pulzar.polyglot.HostCallException;
import io.pulzar.python.ScriptRun;
import io.pulzar.python.ScriptService;
import io.pulzar.rights.Right;
import io.pulzar.roles.OnMaster;
import io.pulzar.settings.Settings;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * {@code keys.put} beside the master, which keeps no values: sends it to the node that takes it.
 */
@OnMaster
@Singleton
final class ValueSendService implements ScriptService {

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int EXISTS = 409;

  private final Keys keys;
  private final JsonMapper json;
  private final HttpClient http;
  private final KeyTickets tickets;

  ValueSendService(Keys keys, KeyTickets tickets, JsonMapper json, Settings settings) {
    this.keys = keys;
    this.tickets = tickets;
    this.json = json;
    this.http = HttpClients.client(settings).connectTimeout(CONNECT).build();
  }

  @PreDestroy
  void stop() {
    http.shutdownNow();
  }

  @Override
  public String name() {
    return ScriptValue.SERVICE;
  }

  @Override
  public String answer(ScriptRun run, String arguments) throws HostCallException, IOException {
    try (ScriptValue value = ScriptValue.read(json, run, arguments)) {
      run.rights().requireData(Right.WRITE_DATA, value.options().key().path());
      String node = keys.nodeForNew(value.options(), value.file().size());
      String url = node + "/add_key" + value.options().key().encoded() + value.query();
      send(tickets.onto(url), value);
      return json.writeValueAsString(value.options().key().path());
    } catch (ApiException refusal) {
      throw IndexAccess.explained(refusal);
    }
  }

  private void send(String url, ScriptValue value) throws HostCallException, IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(PATIENCE)
            .PUT(BodyPublishers.ofInputStream(value.file()::stream))
            .build();
    String key = value.options().key().path();
    try {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw new HostCallException(
            answer.statusCode() == EXISTS ? "FileExistsError" : "OSError",
            "the node did not take " + key + ", with status " + answer.statusCode());
      }
    } catch (IOException e) {
      throw new HostCallException("OSError", "the node that takes " + key + " can't be reached");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HostCallException("OSError", "the run ended while " + key + " was stored");
    }
  }
}
