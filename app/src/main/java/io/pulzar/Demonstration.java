package io.pulzar;

import io.pulzar.cli.CommandContext;
import io.pulzar.cli.Terminal;
import io.pulzar.settings.SettingsReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Sends requests and prints each as a person would type it, with its answer. */
final class Demonstration implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final PrintStream out;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.ALWAYS)
          .build();
  private boolean succeeded = true;

  Demonstration(PrintStream out) {
    this.out = out;
  }

  void say(String words) {
    out.println();
    out.println("# " + words);
  }

  void get(URI url) {
    show("curl -L '" + url + "'", HttpRequest.newBuilder(url).GET());
  }

  void post(URI url, String body) {
    show(
        "curl -X POST -d '" + body + "' '" + url + "'",
        HttpRequest.newBuilder(url).POST(BodyPublishers.ofString(body)));
  }

  void put(URI url, String body) {
    show(
        "curl -L -X PUT -d '" + body + "' '" + url + "'",
        HttpRequest.newBuilder(url).PUT(BodyPublishers.ofString(body)));
  }

  /** Runs a command as it is typed. */
  void type(String... words) {
    out.println("$ ./pulzar " + String.join(" ", words));
    Terminal terminal = Terminal.unwatched(InputStream.nullInputStream(), out, out);
    CommandContext context =
        new CommandContext(
            terminal,
            typed ->
                new SettingsReader(EverySetting.LIST, Path.of(""))
                    .read(Map.of(), Map.of(), typed)
                    .settings());
    succeeded &= Pulzar.run(List.of(words), context) == 0;
  }

  /** Whether every answer was what a first-time reader should see. */
  boolean succeeded() {
    return succeeded;
  }

  private void show(String typed, HttpRequest.Builder request) {
    out.println("$ " + typed);
    try {
      HttpResponse<String> answer =
          client.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
      out.println(answer.body().strip());
      if (answer.statusCode() >= 400) {
        succeeded = false;
      }
    } catch (IOException e) {
      out.println("no answer: " + e);
      succeeded = false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      succeeded = false;
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
