package io.pulzar.records;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.pulzar.records.PeerClient.Answered;
import io.pulzar.records.PeerClient.PeerException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Follows what changes at the servers whose texts are remembered, and forgets those. It ends by
 * itself when nothing of a server is remembered, or when the server can't be followed; then only
 * time and questions keep the memory true.
 */
final class CacheFollower implements AutoCloseable {

  /** Shorter than a lease, as each answer renews it. */
  private static final Duration POLL = Duration.ofSeconds(2);

  private static final Argument<Map<String, Object>> OBJECT =
      Argument.mapOf(String.class, Object.class);

  private final RecordCache cache;
  private final PeerClient client;
  private final JsonMapper json;
  private final Clock clock;
  private final Map<PeerServer, Following> followed = new ConcurrentHashMap<>();
  private volatile boolean closed;

  CacheFollower(RecordCache cache, PeerClient client, JsonMapper json, Clock clock) {
    this.cache = cache;
    this.client = client;
    this.json = json;
    this.clock = clock;
  }

  /**
   * A server that is followed.
   *
   * @param since what came after it is known to be unchanged, unless it was forgotten
   * @param heard when the server last answered
   */
  private record Following(Instant since, Instant heard) {}

  /** Follows a server from now on, if it can be followed. */
  void follow(PeerServer server) {
    if (closed || followed.containsKey(server)) {
      return;
    }
    Following begun = new Following(Instant.MAX, Instant.MIN);
    if (followed.putIfAbsent(server, begun) == null) {
      var _ = Thread.ofVirtual().name("records-front").start(() -> poll(server));
    }
  }

  /**
   * When the server last said what had changed, where that covers a text which it told at {@code
   * told}.
   */
  Instant heard(PeerServer server, Instant told) {
    Following following = followed.get(server);
    return following == null || told.isBefore(following.since()) ? Instant.MIN : following.heard();
  }

  private void poll(PeerServer server) {
    Long position = null;
    try {
      while (!closed && (position == null || cache.holds(server))) {
        position = changesAfter(server, position);
        if (position == null) {
          return;
        }
      }
    } catch (PeerException e) {
      // Who is not heard from is asked at the next read, which tells the client.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      followed.remove(server);
    }
  }

  /** Where to go on; null when the server can't be followed. */
  private @Nullable Long changesAfter(PeerServer server, @Nullable Long position)
      throws PeerException, InterruptedException {
    String path =
        position == null
            ? "/text?watch=1&wait=0s"
            : "/text?watch=1&wait=" + POLL.toSeconds() + "s&since=" + position;
    Answered answer = client.send(server, "GET", path, Optional.empty());
    if (answer.status() != 200) {
      return null;
    }
    try {
      Map<String, Object> fields = json.readValue(answer.body(), OBJECT);
      if (fields == null
          || !(fields.get("since") instanceof Number since)
          || !(fields.get("changes") instanceof List<?> changes)) {
        return null;
      }
      for (Object change : changes) {
        if (change instanceof Map<?, ?> one && one.get("uid") instanceof String uid) {
          cache.remove(uid);
        }
      }
      Instant now = clock.instant();
      followed.computeIfPresent(
          server,
          (same, following) -> new Following(position == null ? now : following.since(), now));
      return since.longValue();
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
