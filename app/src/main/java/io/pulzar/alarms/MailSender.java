package io.pulzar.alarms;

import io.pulzar.alarms.SmtpSettings.Security;
import io.pulzar.http.HttpClients;
import io.pulzar.settings.Settings;
import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.Optional;
import java.util.Properties;

/**
 * Sends mails by SMTP, each to one address: what one server refuses is no business of the others,
 * and nobody sees who else is told.
 *
 * <p>The id of a delivery is the mail's {@code Message-ID}, so that a mail which had to be sent
 * again is known as the same.
 */
final class MailSender implements Sender {

  private static final String UTF_8 = StandardCharsets.UTF_8.name();
  private static final int LONGEST_WORDS = 300;

  private final Optional<SmtpSettings> smtp;
  private final Session session;
  private final NoticeWords words;

  MailSender(Optional<SmtpSettings> smtp, NoticeWords words, Duration patience, Settings settings) {
    this.smtp = smtp;
    this.words = words;
    Properties properties = new Properties();
    smtp.ifPresent(chosen -> fill(properties, chosen, patience, settings));
    this.session = Session.getInstance(properties);
  }

  /** Whether there is a server that takes mails. */
  boolean isSet() {
    return smtp.isPresent();
  }

  private static void fill(
      Properties properties, SmtpSettings smtp, Duration patience, Settings settings) {
    String prefix = "mail.smtp.";
    String time = Long.toString(patience.toMillis());
    properties.put(prefix + "connectiontimeout", time);
    properties.put(prefix + "timeout", time);
    properties.put(prefix + "writetimeout", time);
    properties.put(prefix + "auth", Boolean.toString(smtp.user().isPresent()));
    properties.put(prefix + "ssl.enable", Boolean.toString(smtp.security() == Security.TLS));
    properties.put(
        prefix + "starttls.enable", Boolean.toString(smtp.security() == Security.STARTTLS));
    properties.put(
        prefix + "starttls.required", Boolean.toString(smtp.security() == Security.STARTTLS));
    properties.put(prefix + "ssl.checkserveridentity", "true");
    HttpClients.trust(settings)
        .ifPresent(
            trusted -> properties.put(prefix + "ssl.socketFactory", trusted.getSocketFactory()));
  }

  @Override
  public Outcome send(Receiver receiver, Delivery delivery) {
    if (smtp.isEmpty()) {
      return new Outcome(false, "there is no mail server: set " + SmtpSettings.HOST);
    }
    SmtpSettings server = smtp.get();
    try (Transport transport = session.getTransport("smtp")) {
      Message message = message(server, receiver, delivery);
      transport.connect(
          server.host(), server.port(), server.user().orElse(null), server.password().orElse(null));
      transport.sendMessage(message, message.getAllRecipients());
      return new Outcome(true, "taken by " + server.host());
    } catch (MessagingException e) {
      return new Outcome(false, server.host() + ": " + reason(e));
    }
  }

  private Message message(SmtpSettings server, Receiver receiver, Delivery delivery)
      throws MessagingException {
    Notice notice = delivery.notice();
    MimeMessage message = new Identified(session, delivery.id());
    message.setFrom(new InternetAddress(server.from(), true));
    message.setRecipients(
        Message.RecipientType.TO, new Address[] {new InternetAddress(delivery.to(), true)});
    message.setSubject(words.subject(notice, receiver.name()), UTF_8);
    message.setText(words.text(notice, receiver.name()), UTF_8);
    message.setSentDate(Date.from(delivery.created()));
    // RFC 3834: nobody's holiday answer comes back.
    message.setHeader("Auto-Submitted", "auto-generated");
    message.saveChanges();
    return message;
  }

  /** What the server said, or what kept it from saying something; never what it was told. */
  private static String reason(MessagingException failure) {
    StringBuilder text = new StringBuilder();
    for (Throwable cause = failure; cause != null && text.length() < LONGEST_WORDS; ) {
      String said = String.valueOf(cause.getMessage()).replaceAll("[\\p{C}\\s]+", " ").strip();
      if (text.indexOf(said) < 0) {
        text.append(text.isEmpty() ? "" : "; ").append(said);
      }
      cause =
          cause instanceof MessagingException nested && nested.getNextException() != null
              ? nested.getNextException()
              : cause.getCause();
    }
    return text.substring(0, Math.min(LONGEST_WORDS, text.length()));
  }

  /** The library would draw a new id at each attempt. */
  private static final class Identified extends MimeMessage {

    private final String id;

    Identified(Session session, String id) {
      super(session);
      this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", "<" + id + "@pulzar>");
    }
  }

  @Override
  public void close() {
    // Each mail has a connection of its own.
  }
}
