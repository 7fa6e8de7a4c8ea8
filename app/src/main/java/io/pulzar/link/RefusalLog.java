package io.pulzar.link;

import io.pulzar.http.ApiException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log which servers were refused and why: once, and again when it goes on for long, so
 * that neither a node with a wrong key nor a stranger can fill the log.
 */
final class RefusalLog {

  private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
  private static final Duration QUIET = Duration.ofMinutes(10);
  private static final int REMEMBERED = 1_000;

  private record Refused(String address, String reason) {}

  private final Clock clock;
  private final Map<Refused, Instant> logged =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Refused, Instant> eldest) {
          return size() > REMEMBERED;
        }
      };

  RefusalLog(Clock clock) {
    this.clock = clock;
  }

  void note(String address, ApiException refusal) {
    if (isDue(new Refused(address, String.valueOf(refusal.getMessage())))) {
      LOG.warn("a server at {} is refused: {}", address, refusal.getMessage());
    }
  }

  private synchronized boolean isDue(Refused refused) {
    Instant now = clock.instant();
    Instant last = logged.get(refused);
    if (last != null && now.isBefore(last.plus(QUIET))) {
      return false;
    }
    logged.put(refused, now);
    return true;
  }
}
