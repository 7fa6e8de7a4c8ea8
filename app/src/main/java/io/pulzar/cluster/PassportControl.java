package io.pulzar.cluster;

import io.pulzar.http.ApiException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets a question pass once: with a signature under the cluster's key, a time close to now, and a
 * nonce not seen before.
 *
 * <p>Nonces are remembered as long as their time would be accepted. Only those of valid signatures
 * are, so that strangers can't fill the memory. Questions signed before this control existed are
 * refused: the nonces that an earlier process saw are not known to it.
 */
final class PassportControl {

  private record Seen(String nonce, Instant forgetAt) {}

  private final ClusterKey key;
  private final Clock clock;
  private final Duration tolerance;
  private final Instant opened;
  private final Set<String> nonces = new HashSet<>();
  private final ArrayDeque<Seen> byAge = new ArrayDeque<>();

  PassportControl(ClusterKey key, Clock clock, Duration tolerance) {
    this.key = key;
    this.clock = clock;
    this.tolerance = tolerance;
    this.opened = Instant.ofEpochMilli(clock.millis());
  }

  /**
   * Checks the credential of one question.
   *
   * @return its passport
   * @throws ApiException 401 for whatever is wrong with it
   */
  Passport check(@Nullable String header, Passport.Subject subject) {
    Passport passport = present(header);
    if (!passport.vouchesFor(key, subject)) {
      throw ApiException.unauthorized(
          "the passport was not signed with this cluster's key: give master and nodes the same"
              + " pulzar.server.key");
    }
    Instant now = clock.instant();
    if (passport.time().isBefore(opened)
        || passport.time().isBefore(now.minus(tolerance))
        || passport.time().isAfter(now.plus(tolerance))) {
      throw ApiException.unauthorized(
          "the passport's time is not close to this server's: synchronize the clocks");
    }
    if (!remember(passport, now)) {
      throw ApiException.unauthorized("the passport was used already");
    }
    return passport;
  }

  /**
   * The credential that came along, not checked yet.
   *
   * @throws ApiException 401 when there is none, or it does not have the form of one
   */
  static Passport present(@Nullable String header) {
    if (header == null) {
      throw ApiException.unauthorized("only servers of this cluster may ask this");
    }
    return Passport.parse(header)
        .orElseThrow(() -> ApiException.unauthorized("the passport header is malformed"));
  }

  private synchronized boolean remember(Passport passport, Instant now) {
    for (Seen oldest = byAge.peekFirst();
        oldest != null && oldest.forgetAt().isBefore(now);
        oldest = byAge.peekFirst()) {
      nonces.remove(oldest.nonce());
      byAge.removeFirst();
    }
    if (!nonces.add(passport.nonce())) {
      return false;
    }
    // A passport from the future is good until its own time plus the tolerance, at most twice that.
    byAge.addLast(new Seen(passport.nonce(), now.plus(tolerance.multipliedBy(2))));
    return true;
  }

  /** How many nonces are remembered; for tests and metrics. */
  synchronized int remembered() {
    return byAge.size();
  }
}
