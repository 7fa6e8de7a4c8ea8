package io.pulzar.masters;

import io.micronaut.json.JsonMapper;
import io.pulzar.http.Envelope;
import io.pulzar.roles.Version;
import io.pulzar.storage.MasterElection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a standby answers itself. */
final class StandbyAnswers {

  private static final String HEALTH = "GET /health";

  /** So many bytes of a request show whether it is for {@code /health}. */
  static final int ENOUGH = HEALTH.length() + 1;

  private final MasterElection election;
  private final JsonMapper json = JsonMapper.createDefault();

  StandbyAnswers(MasterElection election) {
    this.election = election;
  }

  static boolean isHealth(byte[] request) {
    String text = new String(request, StandardCharsets.ISO_8859_1);
    return text.startsWith(HEALTH + " ") || text.startsWith(HEALTH + "?");
  }

  /** Ready: what is sent here reaches a leader. */
  byte[] health() {
    Optional<String> leader = election.leader();
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("role", "master");
    data.put("version", Version.CURRENT);
    data.put("ready", leader.isPresent());
    data.put("leader", false);
    leader.ifPresent(url -> data.put("leader_url", url));
    data.put("lag_ms", election.silence().toMillis());
    data.put("parts", Map.of());
    return answer("200 OK", "", Envelope.ok(data));
  }

  byte[] noLeader() {
    return answer(
        "503 Service Unavailable",
        "Retry-After: 2\r\n",
        Envelope.error("no_leader", "no master leads just now; send the request again", null));
  }

  private byte[] answer(String status, String header, Envelope envelope) {
    try {
      byte[] body = json.writeValueAsBytes(envelope);
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      String head =
          "HTTP/1.1 "
              + status
              + "\r\nContent-Type: application/json\r\nContent-Length: "
              + body.length
              + "\r\nCache-Control: no-store\r\nConnection: close\r\n"
              + header
              + "\r\n";
      answer.write(head.getBytes(StandardCharsets.ISO_8859_1));
      answer.write(body);
      return answer.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
