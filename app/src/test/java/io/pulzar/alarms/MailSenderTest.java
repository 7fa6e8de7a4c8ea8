package io.pulzar.alarms;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.pulzar.TestServer;
import io.pulzar.alarms.Sender.Outcome;
import io.pulzar.http.Certificates;
import io.pulzar.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mails to real servers, with and without TLS. */
final class MailSenderTest {

  private static final String KEY_STORE = "greenmail.tls.keystore.file";

  @TempDir private static Path directory;
  private static Certificates certificates;
  private static GreenMail plain;
  private static GreenMail encrypted;
  private final Map<String, String> chosen = new HashMap<>();

  @BeforeAll
  static void start() throws Exception {
    certificates = new Certificates(directory.resolve("certificates"), "dns:localhost");
    System.setProperty(KEY_STORE, certificates.keyStore().toString());
    plain = started(ServerSetup.PROTOCOL_SMTP);
    encrypted = started(ServerSetup.PROTOCOL_SMTPS);
    System.clearProperty(KEY_STORE);
  }

  private static GreenMail started(String protocol) {
    GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", protocol));
    server.setUser("pulzar@example.org", "pulzar", "letter-box");
    server.start();
    return server;
  }

  @AfterAll
  static void stop() {
    plain.stop();
    encrypted.stop();
  }

  @BeforeEach
  void empty() throws Exception {
    plain.purgeEmailFromAllMailboxes();
    encrypted.purgeEmailFromAllMailboxes();
    chosen.put("pulzar.alarms.smtp.from", "pulzar@example.org");
    chosen.put("pulzar.alarms.smtp.host", "localhost");
    chosen.put("pulzar.alarms.patience", "2s");
  }

  private void tls() {
    chosen.put("pulzar.alarms.smtp.port", "" + encrypted.getSmtps().getPort());
    chosen.put("pulzar.alarms.smtp.security", "tls");
    chosen.put("pulzar.tls.trust", certificates.authority().toString());
  }

  private Outcome send() {
    Settings settings = TestServer.settings(directory, chosen);
    AlarmSettings alarms = AlarmSettings.of(settings);
    Instant now = Instant.parse("2026-11-28T08:00:00Z");
    Receiver receiver =
        new Receiver("team", "", List.of("jane@example.org"), Optional.empty(), now, "root");
    try (MailSender sender =
        new MailSender(
            SmtpSettings.of(settings), new NoticeWords(alarms), alarms.patience(), settings)) {
      return sender.send(
          receiver, Delivery.create("msg_1", "team", "jane@example.org", Notice.test(now), now));
    }
  }

  private static int received() {
    return plain.getReceivedMessages().length + encrypted.getReceivedMessages().length;
  }

  @Test
  void aMailGoesEncryptedToAServerThatIsTrusted() {
    tls();
    assertThat(send()).isEqualTo(new Outcome(true, "taken by localhost"));
    assertThat(encrypted.getReceivedMessages()).hasSize(1);
  }

  @Test
  void aServerThatNobodyVouchesForGetsNothing() {
    tls();
    chosen.remove("pulzar.tls.trust");
    assertThat(send().taken()).isFalse();
    assertThat(received()).isZero();
  }

  @Test
  void aCertificateOfAnotherNameGetsNothing() {
    tls();
    chosen.put("pulzar.alarms.smtp.host", "127.0.0.1");
    assertThat(send().taken()).isFalse();
    assertThat(received()).isZero();
  }

  @Test
  void aServerWithoutEncryptionGetsNothingUnlessThatIsSet() {
    chosen.put("pulzar.alarms.smtp.port", "" + plain.getSmtp().getPort());
    Outcome refused = send();
    assertThat(refused.taken()).isFalse();
    assertThat(refused.words()).contains("STARTTLS");
    assertThat(received()).isZero();
    chosen.put("pulzar.alarms.smtp.security", "none");
    assertThat(send().taken()).isTrue();
    assertThat(received()).isEqualTo(1);
  }

  @Test
  void aWrongPasswordIsSaidWithoutThePassword() {
    tls();
    chosen.put("pulzar.alarms.smtp.user", "pulzar");
    chosen.put("pulzar.alarms.smtp.password", "not-the-letter-box");
    Outcome refused = send();
    assertThat(refused.taken()).isFalse();
    assertThat(refused.words()).containsIgnoringCase("auth").doesNotContain("letter-box");
    chosen.put("pulzar.alarms.smtp.password", "letter-box");
    assertThat(send().taken()).isTrue();
  }

  @Test
  void aServerThatIsAwayOrSaysNothingIsGivenUpInTime() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      chosen.put("pulzar.alarms.smtp.host", "127.0.0.1");
      chosen.put("pulzar.alarms.smtp.port", "" + silent.getLocalPort());
      chosen.put("pulzar.alarms.patience", "200ms");
      assertThat(send().taken()).isFalse();
    }
    Outcome away = send();
    assertThat(away.taken()).isFalse();
    assertThat(away.words()).startsWith("127.0.0.1: ");
  }
}
