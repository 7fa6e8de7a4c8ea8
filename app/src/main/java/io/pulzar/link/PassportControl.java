package io.pulzar.link;

import io.pulzar.http.ApiException;
import io.pulzar.settings.DurationText;
import io.pulzar.settings.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets a question pass once: with a signature under the cluster's key, a time close to now, and a
 * nonce not seen before.
 *
 * <p>Nonces are remembered as long as their time would be accepted. Only those of valid signatures
 * are, so that strangers can't fill the memory, and only so many: what can't be remembered does not
 * pass. Questions signed before this control existed are refused: the nonces that an earlier
 * process saw are not known to it.
 */
final class PassportControl {

  private static final Duration MANY_SECONDS = Duration.ofMinutes(2);

  private record Seen(String nonce, Instant forgetAt) {}

  private final ClusterKey key;
  private final Clock clock;
  private final Duration tolerance;
  private final Instant opened;
  private final int most;
  private final Set<String> nonces = new HashSet<>();
  private final PriorityQueue<Seen> byEnd =
      new PriorityQueue<>(Comparator.comparing(Seen::forgetAt));

  PassportControl(ClusterKey key, Clock clock, Settings settings) {
    this(key, clock, LinkSettings.toleranceOf(settings), settings.get(LinkSettings.NONCES));
  }

  /**
   * @param most nonces are remembered; further questions are refused until some are forgotten
   */
  PassportControl(ClusterKey key, Clock clock, Duration tolerance, int most) {
    this.most = most;
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
    checkTime(passport.time(), now);
    if (!remember(passport, now)) {
      throw ApiException.unauthorized("the passport was used already");
    }
    return passport;
  }

  private void checkTime(Instant signed, Instant now) {
    Duration behind = Duration.between(signed, now);
    if (behind.abs().compareTo(tolerance) > 0) {
      throw ApiException.unauthorized(
          "the clocks of the two servers are about %s apart, this one's is %s; %s are forgiven: set the clocks, or raise %s"
              .formatted(
                  rounded(behind.abs()),
                  behind.isNegative() ? "behind" : "ahead",
                  DurationText.format(tolerance),
                  LinkSettings.TOLERANCE));
    }
    if (signed.isBefore(opened)) {
      throw ApiException.unauthorized(
          "the passport was signed before this server started, by the clock of the other server:"
              + " try again, and set the clocks");
    }
  }

  private static String rounded(Duration apart) {
    return apart.compareTo(MANY_SECONDS) < 0
        ? apart.plusMillis(500).toSeconds() + "s"
        : apart.plusSeconds(30).toMinutes() + "m";
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
    for (Seen first = byEnd.peek();
        first != null && first.forgetAt().isBefore(now);
        first = byEnd.peek()) {
      nonces.remove(first.nonce());
      byEnd.remove();
    }
    if (nonces.contains(passport.nonce())) {
      return false;
    }
    if (nonces.size() >= most) {
      throw ApiException.tooMany(
          "too_many_questions",
          "this server was asked too often to tell repeated questions from new ones; wait a moment,"
              + " or raise "
              + LinkSettings.NONCES,
          Duration.ofSeconds(1));
    }
    nonces.add(passport.nonce());
    byEnd.add(new Seen(passport.nonce(), passport.time().plus(tolerance)));
    return true;
  }

  /** How many nonces are remembered; for tests and metrics. */
  synchronized int remembered() {
    return byEnd.size();
  }
}
