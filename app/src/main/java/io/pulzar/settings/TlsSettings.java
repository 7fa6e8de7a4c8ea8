package io.pulzar.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Whether master and node speak https, and whom they trust when they ask others. */
public final class TlsSettings {

  public static final Setting<Optional<Path>> CERTIFICATE =
      Setting.optionalPath(
          "pulzar.tls.certificate",
          "The server's certificate with its chain as PEM, or a key store (PKCS #12, JKS) with the"
              + " key in it; master and node then speak https only.");
  public static final Setting<Optional<Path>> KEY =
      Setting.optionalPath(
          "pulzar.tls.key", "The private key as PEM, when pulzar.tls.certificate is PEM.");
  public static final Setting<Optional<String>> PASSWORD =
      Setting.secret("pulzar.tls.password", "The password of the key store or of the private key.");
  public static final Setting<Optional<Path>> TRUST =
      Setting.optionalPath(
          "pulzar.tls.trust",
          "Certificates as PEM that nodes, the master and the commands trust, besides those that"
              + " the JDK knows: of your own authority, or of the servers themselves.");

  public static final Setting<Duration> HSTS =
      Setting.duration(
          "pulzar.tls.hsts",
          "30d",
          "For how long browsers ask this host by https only, on every port"
              + " (Strict-Transport-Security); 0s: not.");

  public static final List<Setting<?>> ALL = List.of(CERTIFICATE, KEY, PASSWORD, TRUST, HSTS);

  private TlsSettings() {}

  /** Whether master and node speak https. */
  public static boolean isActive(Settings settings) {
    return settings.get(CERTIFICATE).isPresent();
  }

  /** What the URLs of this server begin with: {@code https} or {@code http}. */
  public static String scheme(Settings settings) {
    return isActive(settings) ? "https" : "http";
  }
}
