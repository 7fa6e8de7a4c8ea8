package io.pulzar.alarms;

import io.pulzar.settings.BadSettingException;
import io.pulzar.settings.Setting;
import io.pulzar.settings.Settings;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.List;
import java.util.Optional;

/**
 * The server that takes mails.
 *
 * @param user and password: absent where it asks for none
 */
record SmtpSettings(
    String host,
    int port,
    Security security,
    Optional<String> user,
    Optional<String> password,
    String from) {

  /** How what is said to the server is kept from others. */
  enum Security {
    /** Encrypted after the first words; never without. */
    STARTTLS,
    /** Encrypted from the first byte. */
    TLS,
    /** Readable on the way. */
    NONE
  }

  static final Setting<Optional<String>> HOST =
      Setting.optionalText(
          "pulzar.alarms.smtp.host", "The mail server that sends alarms; none: no mails.");
  static final Setting<Integer> PORT =
      Setting.whole(
          "pulzar.alarms.smtp.port", 587, 1, 65_535, "Its port; with tls it is usually 465.");
  static final Setting<Security> SECURITY =
      Setting.choice(
          "pulzar.alarms.smtp.security",
          Security.STARTTLS,
          "How the connection is encrypted: after the first words, from the first byte, or not. Whom"
              + " it trusts, pulzar.tls.trust says.");
  static final Setting<Optional<String>> USER =
      Setting.optionalText(
          "pulzar.alarms.smtp.user", "The name to sign in with there, where it asks for one.");
  static final Setting<Optional<String>> PASSWORD =
      Setting.secret("pulzar.alarms.smtp.password", "The password of pulzar.alarms.smtp.user.");
  static final Setting<Optional<String>> FROM =
      Setting.optionalText(
          "pulzar.alarms.smtp.from",
          "The sender of mails, as Pulzar <pulzar@example.org>; needed with pulzar.alarms.smtp.host.");

  static final List<Setting<?>> ALL = List.of(HOST, PORT, SECURITY, USER, PASSWORD, FROM);

  /**
   * Empty when no server is set.
   *
   * @throws BadSettingException when what is set can't work
   */
  static Optional<SmtpSettings> of(Settings settings) {
    return settings.get(HOST).map(host -> of(host, settings));
  }

  private static SmtpSettings of(String host, Settings settings) {
    Optional<String> user = settings.get(USER);
    Optional<String> password = settings.get(PASSWORD);
    if (user.isPresent() != password.isPresent()) {
      throw new BadSettingException(USER + " and " + PASSWORD + " go together: set both or none");
    }
    String from =
        settings
            .get(FROM)
            .orElseThrow(() -> new BadSettingException(FROM + " is needed with " + HOST));
    try {
      new InternetAddress(from, true).validate();
    } catch (AddressException e) {
      throw new BadSettingException(FROM + "=" + from + " is no address: " + e.getMessage());
    }
    return new SmtpSettings(host, settings.get(PORT), settings.get(SECURITY), user, password, from);
  }
}
