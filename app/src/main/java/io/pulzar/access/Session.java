package io.pulzar.access;

import io.pulzar.rights.Grant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A browser that is signed in; its identifier travels in a cookie and is kept as a hash.
 *
 * @param user who signed in
 * @param way how they signed in, and so which grants hold
 * @param grants those of a link
 * @param groups those that the provider named
 * @param csrf what the page must send back with each change
 * @param seen when its last request was, to a minute
 */
record Session(
    String hash,
    String user,
    Way way,
    List<Grant> grants,
    List<String> groups,
    String csrf,
    Instant created,
    Instant seen) {

  enum Way {
    /** The grants of the user hold, as they are now. */
    PASSWORD,
    /** A one-time link: the grants that it came with hold. */
    LINK,
    /** A provider of OpenID Connect: the grants of its groups hold, as they are now. */
    PROVIDER
  }

  boolean endedAt(Instant now, AccessSettings settings) {
    return !now.isBefore(seen.plus(settings.session()))
        || !now.isBefore(created.plus(settings.longest()));
  }

  /** Whether {@code seen} is so old that it is worth a write. */
  boolean isStale(Instant now) {
    return Duration.between(seen, now).compareTo(Duration.ofMinutes(1)) >= 0;
  }

  Session seenAt(Instant now) {
    return new Session(hash, user, way, grants, groups, csrf, created, now);
  }
}
