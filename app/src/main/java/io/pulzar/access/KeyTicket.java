package io.pulzar.access;

import io.pulzar.link.ClusterKey;
import java.time.Duration;
import java.time.Instant;

/**
 * Lets a client that the master sent on to a node do there the one thing that it may do. It stands
 * in the redirect's URL, because clients don't send their credentials on to another port.
 *
 * <p>It is signed with the cluster's key for one path and a minute; whoever sees the URL in that
 * minute can use it too, as with any pre-signed URL.
 */
final class KeyTicket {

  /** The query parameter. */
  static final String PARAMETER = "ticket";

  private static final Duration VALID = Duration.ofMinutes(1);
  private static final String PURPOSE = "ticket";

  private KeyTicket() {}

  /**
   * The parameter's value.
   *
   * @param path as it stands in the URL, encoded, without the query
   */
  static String issue(ClusterKey key, String path, Instant now) {
    long end = now.plus(VALID).toEpochMilli();
    return end + "." + signature(key, path, end);
  }

  static boolean holds(ClusterKey key, String ticket, String path, Instant now) {
    int dot = ticket.indexOf('.');
    if (dot < 1 || dot > 18 || !ticket.substring(0, dot).chars().allMatch(Character::isDigit)) {
      return false;
    }
    long end = Long.parseLong(ticket.substring(0, dot));
    return now.toEpochMilli() < end
        && SecretText.equal(ticket.substring(dot + 1), signature(key, path, end));
  }

  private static String signature(ClusterKey key, String path, long end) {
    return key.sign(PURPOSE + "\n" + path + "\n" + end);
  }
}
