package io.pulzar.access;

import io.pulzar.rights.Grant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A browser that is signed in; its identifier travels in a cookie and is kept as a hash.
 *
 * @param user who signed in
 * @param link whether a one-time link was the way in: then {@code grants} hold; else those of the
 *     user as they are now
 * @param csrf what the page must send back with each change
 * @param seen when its last request was, to a minute
 */
record Session(
    String hash,
    String user,
    boolean link,
    List<Grant> grants,
    String csrf,
    Instant created,
    Instant seen) {

  boolean endedAt(Instant now, AccessSettings settings) {
    return !now.isBefore(seen.plus(settings.session()))
        || !now.isBefore(created.plus(settings.longest()));
  }

  /** Whether {@code seen} is so old that it is worth a write. */
  boolean isStale(Instant now) {
    return Duration.between(seen, now).compareTo(Duration.ofMinutes(1)) >= 0;
  }

  Session seenAt(Instant now) {
    return new Session(hash, user, link, grants, csrf, created, now);
  }
}
