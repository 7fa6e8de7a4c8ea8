package io.pulzar.records;

import io.pulzar.records.PeerClient.Answered;
import io.pulzar.records.PeerClient.PeerException;
import io.pulzar.records.PeerServer.Mode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Speaks to the originals: one request for each record, in their words. A change that such a server
 * answers with an error again and again is left out, or it would keep back all that follow; the
 * originals do so for texts that are not ASCII.
 */
final class OldReceiver {

  private static final Logger LOG = LoggerFactory.getLogger(OldReceiver.class);
  private static final int ATTEMPTS = 3;
  private static final Duration BETWEEN = Duration.ofMillis(100);

  private final PeerServer server;
  private final PeerClient client;
  private final AtomicLong refused = new AtomicLong();

  OldReceiver(PeerServer server, PeerClient client) {
    this.server = server;
    this.client = client;
  }

  long refused() {
    return refused.get();
  }

  void send(List<Row> rows) throws PeerException, InterruptedException {
    for (Row row : rows) {
      boolean isShared = row.kind() == Kind.SHARED;
      if (isShared == (server.mode() == Mode.NODES)) {
        sendUntilTaken(row);
      }
    }
  }

  private void sendUntilTaken(Row row) throws PeerException, InterruptedException {
    Answered answer = send(row);
    for (int attempt = 1; attempt < ATTEMPTS && !isTaken(row, answer); attempt++) {
      Thread.sleep(BETWEEN);
      answer = send(row);
    }
    if (!isTaken(row, answer)) {
      refused.incrementAndGet();
      LOG.warn(
          "a server of the list does not take {}: status {}; it is left out",
          row.name(),
          answer.status());
    }
  }

  private static boolean isTaken(Row row, Answered answer) {
    return answer.status() == 200 || (row.record().deleted() && answer.status() == 404);
  }

  private Answered send(Row row) throws PeerException, InterruptedException {
    String name = PeerClient.encoded(row.name());
    StoredRecord record = row.record();
    if (server.mode() == Mode.NODES) {
      String path =
          record.deleted()
              ? "/nodes/remove?replicate=true&name=" + name
              : "/nodes/update?replicate=true&name="
                  + name
                  + "&value="
                  + PeerClient.encoded(record.body());
      return client.send(server, "GET", path, Optional.empty());
    }
    String path = "/text/" + name + "?mirror=1" + (server.mode() == Mode.BRIDGE ? "&bridge=1" : "");
    return record.deleted()
        ? client.send(server, "DELETE", path, Optional.empty())
        : client.send(server, "PUT", path, Optional.of(record.body()));
  }
}
