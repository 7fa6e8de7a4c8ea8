package io.pulzar.access;

import io.pulzar.cluster.ListeningAddress;
import io.pulzar.settings.BadSettingException;
import io.pulzar.settings.Setting;
import io.pulzar.settings.Settings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/**
 * When requests are asked who sends them, and for how long the answer holds.
 *
 * @param session a session ends after so long without a request
 * @param longest and after so long at all
 * @param attempts how many wrong passwords of one name or one address are answered
 * @param pause after which one more is
 * @param audit how long what was done is kept
 * @param recheck for how long a node trusts what the master said of a token
 */
public record AccessSettings(
    Duration session,
    Duration longest,
    int attempts,
    Duration pause,
    Duration audit,
    Duration recheck) {

  /** Whether requests are asked who sends them. */
  public enum Mode {
    AUTO,
    ON,
    OFF
  }

  public static final Setting<Mode> AUTH =
      Setting.choice(
          "pulzar.auth",
          Mode.AUTO,
          "Whether requests need a token or a session; auto: when the server can be reached from other machines.");
  public static final Setting<Duration> SESSION =
      Setting.duration(
          "pulzar.access.session",
          "12h",
          "A browser is signed out after so long without a request.");
  public static final Setting<Duration> LONGEST =
      Setting.duration(
          "pulzar.access.longest-session",
          "7d",
          "A browser is signed out after so long in any case.");
  public static final Setting<Integer> ATTEMPTS =
      Setting.whole(
          "pulzar.access.attempts",
          10,
          1,
          1_000,
          "How many wrong passwords for one user, or from one address, are checked before the next has to wait.");
  public static final Setting<Duration> PAUSE =
      Setting.duration("pulzar.access.pause", "1m", "How long the next password has to wait then.");
  public static final Setting<Duration> AUDIT =
      Setting.duration(
          "pulzar.access.audit", "365d", "How long the audit log keeps what was done.");
  public static final Setting<Duration> RECHECK =
      Setting.duration(
          "pulzar.access.recheck",
          "5s",
          "For how long a node trusts what the master said of a token; so long a revoked one may still read and write values.");

  public static final List<Setting<?>> ALL =
      List.of(AUTH, SESSION, LONGEST, ATTEMPTS, PAUSE, AUDIT, RECHECK);

  public AccessSettings {
    if (session.isZero() || longest.compareTo(session) < 0) {
      throw new BadSettingException(LONGEST + " must be at least " + SESSION);
    }
    if (audit.compareTo(Duration.ofDays(1)) < 0) {
      throw new BadSettingException(AUDIT + " must be at least 1d");
    }
  }

  static AccessSettings of(Settings settings) {
    return new AccessSettings(
        settings.get(SESSION),
        settings.get(LONGEST),
        settings.get(ATTEMPTS),
        settings.get(PAUSE),
        settings.get(AUDIT),
        settings.get(RECHECK));
  }

  /**
   * Whether a server with these settings asks.
   *
   * <p>An address that can't be resolved counts as one that others reach: it fails closed.
   */
  public static boolean asks(Settings settings) {
    return switch (settings.get(AUTH)) {
      case ON -> true;
      case OFF -> false;
      case AUTO -> !isLoopback(ListeningAddress.of(settings));
    };
  }

  private static boolean isLoopback(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
