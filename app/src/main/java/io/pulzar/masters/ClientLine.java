package io.pulzar.masters;

import io.pulzar.link.ClusterKey;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * The line with which a standby begins a connection to the leader: {@code PULZAR-CLIENT ADDRESS
 * SECONDS SIGNATURE}. It comes before everything else, also before TLS, and says for whom the
 * connection is; signed with the cluster's key, as anybody could say so.
 *
 * <p>Who hears one on the way may say it again for a while, and pass for a client that the standby
 * has just had.
 */
final class ClientLine {

  static final String BEGIN = "PULZAR-CLIENT ";
  static final int LONGEST = 200;

  private static final Duration TOLERANCE = Duration.ofMinutes(1);

  /**
   * @param lately whether the line is not one that somebody has kept, by this machine's clock
   */
  record Named(InetAddress client, boolean lately) {}

  private final ClusterKey key;
  private final Clock clock;

  ClientLine(ClusterKey key, Clock clock) {
    this.key = key;
    this.clock = clock;
  }

  /** The line for a client, with its end. */
  byte[] of(InetAddress client) {
    String address = withoutZone(client);
    String time = Long.toString(clock.instant().getEpochSecond());
    return (BEGIN + address + " " + time + " " + signature(address, time) + "\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Whom a line names.
   *
   * @param line without its end
   * @return empty: it was not made with this key
   */
  Optional<Named> read(String line) {
    String[] parts = line.split(" ", -1);
    if (parts.length != 4 || !line.startsWith(BEGIN) || !isSigned(parts[1], parts[2], parts[3])) {
      return Optional.empty();
    }
    // Only a server of this cluster can have written the rest.
    Duration age =
        Duration.ofSeconds(clock.instant().getEpochSecond() - Long.parseLong(parts[2])).abs();
    return Optional.of(new Named(InetAddress.ofLiteral(parts[1]), age.compareTo(TOLERANCE) <= 0));
  }

  private boolean isSigned(String address, String time, String signature) {
    return MessageDigest.isEqual(
        signature(address, time).getBytes(StandardCharsets.US_ASCII),
        signature.getBytes(StandardCharsets.US_ASCII));
  }

  private String signature(String address, String time) {
    return key.sign("pulzar client " + address + " " + time);
  }

  /** The zone of a link-local address means something on its own machine only. */
  private static String withoutZone(InetAddress client) {
    String text = client.getHostAddress();
    int zone = text.indexOf('%');
    return zone < 0 ? text : text.substring(0, zone);
  }
}
