package io.pulzar.alarms;

import io.micronaut.serde.annotation.Serdeable;
import io.pulzar.http.ApiException;
import io.pulzar.scripts.NotifyLine;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a request says about a receiver. What it leaves out stays as it is.
 *
 * @param webhook a URL
 * @param secret which signs; {@code new} for another one that this server makes
 * @param body a template of the webhook's body; empty: the usual one
 * @param mail addresses
 */
@Serdeable
record ReceiverWish(
    @Nullable String webhook,
    @Nullable String secret,
    @Nullable String body,
    @Nullable List<String> mail) {

  private static final String NEW = "new";

  /**
   * What is to be stored.
   *
   * @param target of a webhook
   * @param made a secret that nobody has seen yet
   */
  record Checked(Receiver receiver, Optional<WebhookTarget> target, Optional<String> made) {}

  /** Refuses a name that no docstring could say. */
  static String name(String name) {
    if (!NotifyLine.NAME.matcher(name).matches()) {
      throw refused(
          "a name has 1 to 63 letters, digits or . _ - and begins with a letter or digit");
    }
    return name;
  }

  /**
   * Checks it.
   *
   * @param known the receiver of that name, if there is one
   * @param target where its webhook goes now
   * @param mails whether there is a server for mails
   * @throws ApiException 400 that says what is wrong; 409 without a server for mails
   */
  Checked check(
      String name,
      Optional<Receiver> known,
      Supplier<Optional<WebhookTarget>> target,
      WebhookBody bodies,
      AlarmSettings.Most most,
      boolean mails,
      Instant now,
      String by) {
    if (webhook != null && mail != null) {
      throw refused("a receiver is a webhook or has addresses, and not both: make two");
    }
    if (mail != null) {
      return new Checked(
          ofMail(name, mail, most, mails, now, by), Optional.empty(), Optional.empty());
    }
    Optional<WebhookTarget> before =
        known.isPresent() && !known.get().isMail() && (webhook == null || secret == null)
            ? target.get()
            : Optional.empty();
    if (webhook == null && before.isEmpty()) {
      throw refused("say 'webhook', a URL, or 'mail', a list of addresses");
    }
    Optional<String> made =
        NEW.equals(secret) || (secret == null && before.isEmpty())
            ? Optional.of(WebhookTarget.newSecret())
            : Optional.empty();
    WebhookTarget next =
        new WebhookTarget(
            webhook == null ? before.orElseThrow().url() : url(webhook),
            made.orElseGet(() -> secret == null ? before.orElseThrow().secret() : checked(secret)));
    Receiver receiver =
        new Receiver(name, next.shown(), List.of(), template(known, bodies, most, now), now, by);
    return new Checked(receiver, Optional.of(next), made);
  }

  private static Receiver ofMail(
      String name,
      List<String> mail,
      AlarmSettings.Most most,
      boolean mails,
      Instant now,
      String by) {
    List<String> addresses = mail.stream().map(String::strip).distinct().toList();
    if (addresses.isEmpty() || addresses.size() > most.addresses()) {
      throw refused(
          "'mail' has 1 to "
              + most.addresses()
              + " addresses ("
              + AlarmSettingList.ADDRESSES
              + "), each of which gets a mail");
    }
    addresses.forEach(ReceiverWish::checkAddress);
    if (!mails) {
      throw ApiException.conflict(
          "no_mail_server",
          "this server knows no mail server: set " + SmtpSettings.HOST + " and start it again");
    }
    return new Receiver(name, String.join(", ", addresses), addresses, Optional.empty(), now, by);
  }

  private static void checkAddress(String text) {
    try {
      InternetAddress address = new InternetAddress(text, true);
      if (text.equals(address.getAddress()) && text.contains("@")) {
        return;
      }
    } catch (AddressException e) {
      throw refused("'" + text + "' is no address for mails: " + e.getMessage());
    }
    throw refused("'" + text + "' is no address for mails, as jane@example.org");
  }

  private Optional<String> template(
      Optional<Receiver> known, WebhookBody bodies, AlarmSettings.Most most, Instant now) {
    if (body == null) {
      return known.flatMap(Receiver::body);
    }
    if (body.isBlank()) {
      return Optional.empty();
    }
    if (body.getBytes(StandardCharsets.UTF_8).length > most.templateBytes()) {
      throw refused(
          "a body has at most "
              + most.templateBytes()
              + " bytes ("
              + AlarmSettingList.TEMPLATE
              + ")");
    }
    try {
      bodies.check(body, Notice.test(now));
    } catch (IllegalArgumentException e) {
      throw refused("body: " + e.getMessage());
    }
    return Optional.of(body);
  }

  private static URI url(String text) {
    try {
      return WebhookTarget.url(text);
    } catch (IllegalArgumentException e) {
      throw refused("webhook: " + e.getMessage());
    }
  }

  private static String checked(String secret) {
    try {
      return WebhookTarget.checkSecret(secret);
    } catch (IllegalArgumentException e) {
      throw refused("secret: " + e.getMessage());
    }
  }

  private static ApiException refused(String reason) {
    return ApiException.badRequest("bad_receiver", reason);
  }

  /** The secret and the URL are not for logs. */
  @Override
  public String toString() {
    return "ReceiverWish";
  }
}
