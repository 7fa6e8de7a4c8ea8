package io.pulzar.cli;

import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The log of a job, as it is written (server-sent events). */
final class JobLog {

  private static final List<String> ENDED = List.of("completed", "failed", "canceled");
  private static final String DATA = "data:";
  private static final String ID = "id:";

  /** Its data is how the job ended. */
  private static final String END = "event: end";

  private static final long PAUSE_MILLIS = 200;

  private final ServerClient server;
  private final Object id;
  private String last = "";
  private boolean ended;

  JobLog(ServerClient server, Object id) {
    this.server = server;
    this.id = id;
  }

  /** Reads it until the job has ended; a stream that ends before goes on where it was. */
  void follow(Consumer<String> line) {
    read(line);
    while (!ended && !ENDED.contains(Fields.text(job(), "state"))) {
      pause();
      read(line);
    }
  }

  /** Reads what was written until now. */
  void soFar(Consumer<String> line) {
    server.lines(server.request(path() + "/log").build(), line);
  }

  /** Everything about the job. */
  Map<?, ?> job() {
    return Fields.object(server.get(path()));
  }

  private void read(Consumer<String> line) {
    HttpRequest.Builder request =
        server.request(path() + "/log").header("Accept", "text/event-stream");
    if (!last.isEmpty()) {
      request.header("Last-Event-ID", last);
    }
    // An event counts when its empty line has come: what was cut off comes again.
    List<String> event = new ArrayList<>();
    String[] number = {last};
    boolean[] isLast = {false};
    server.lines(
        request.build(),
        text -> {
          if (text.startsWith(ID)) {
            number[0] = text.substring(ID.length()).strip();
          } else if (text.equals(END)) {
            isLast[0] = true;
          } else if (text.startsWith(DATA)) {
            String data = text.substring(DATA.length());
            event.add(data.startsWith(" ") ? data.substring(1) : data);
          } else if (text.isEmpty()) {
            last = number[0];
            ended = isLast[0];
            if (!ended) {
              event.forEach(line);
            }
            event.clear();
          }
        });
  }

  private String path() {
    return "/admin/jobs/" + id;
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RefusedException("interrupted");
    }
  }
}
