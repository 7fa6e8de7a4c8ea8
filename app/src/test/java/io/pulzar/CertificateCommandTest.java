package io.pulzar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CertificateCommandTest {

  @TempDir private Path directory;
  private final CommandRun command = new CommandRun(typed -> TestServer.settings(directory, typed));

  @Test
  void itHoldsForTheNamesAndTellsTheFingerprint() throws Exception {
    assertThat(run("Pulzar.example", "192.168.2.10", "::1")).as(command.err()).isZero();
    X509Certificate certificate = certificate();
    List<String> names =
        certificate.getSubjectAlternativeNames().stream()
            .map(name -> String.valueOf(name.get(1)))
            .toList();
    assertThat(names).contains("pulzar.example", "192.168.2.10", "localhost", "127.0.0.1");
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
    assertThat(command.out())
        .contains(HexFormat.ofDelimiter(":").withUpperCase().formatHex(hash))
        .contains("certificate=" + file("certificate.pem"), "key=" + file("key.pem"));
  }

  @Test
  void nobodyElseReadsTheKeyOrTheHome() throws Exception {
    assertThat(run("pulzar.example")).isZero();
    assertThat(rights(file("key.pem"))).isEqualTo("rw-------");
    assertThat(rights(home())).isEqualTo("rwx------");
    assertThat(file("making.p12")).doesNotExist();
  }

  @Test
  void oneThatIsThereStaysUnlessAnotherIsAskedFor() throws Exception {
    assertThat(run("pulzar.example")).isZero();
    X509Certificate first = certificate();
    assertThat(run("pulzar.example")).isEqualTo(3);
    assertThat(command.err()).contains("--replace");
    assertThat(certificate()).isEqualTo(first);
    assertThat(run("pulzar.example", "--replace")).isZero();
    assertThat(certificate()).isNotEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a,dns:evil.example", "-x-", "http://a", "a_b", ""})
  void whatIsNoNameIsRefused(String name) {
    assertThat(run("--", name)).isEqualTo(2);
    assertThat(command.err()).contains("no name and no address");
    assertThat(file("key.pem")).doesNotExist();
  }

  @Test
  void aServerWithItSpeaksHttpsAndItsCookiesGoNowhereElse() throws Exception {
    assertThat(run("127.0.0.1")).isZero();
    try (TestServer server =
            TestServer.in(directory)
                .set("pulzar.auth", "on")
                .set("pulzar.server.role", "master")
                .set("pulzar.tls.certificate", file("certificate.pem").toString())
                .set("pulzar.tls.key", file("key.pem").toString())
                .set("pulzar.tls.trust", file("certificate.pem").toString())
                .start();
        HttpClient client =
            io.pulzar.http.HttpClients.client(
                    TestServer.settings(
                        directory, Map.of("pulzar.tls.trust", file("certificate.pem").toString())))
                .build()) {
      String link =
          server
              .context(io.pulzar.roles.Role.MASTER)
              .getBean(io.pulzar.access.FirstAdministrator.class)
              .signInPath();
      HttpRequest request =
          HttpRequest.newBuilder(server.master(link))
              .method("GET", BodyPublishers.noBody())
              .build();
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(303);
      assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow()).contains("Secure");
      assertThat(answer.headers().firstValue("Strict-Transport-Security"))
          .contains("max-age=2592000");
    }
  }

  private X509Certificate certificate() throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(
                new ByteArrayInputStream(Files.readAllBytes(file("certificate.pem"))));
  }

  private static String rights(Path file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private Path home() {
    return directory.resolve("home");
  }

  private Path file(String name) {
    return home().resolve("tls").resolve(name);
  }

  private int run(String... typed) {
    List<String> arguments = new ArrayList<>(List.of("certificate"));
    arguments.addAll(List.of("--home", home().toString()));
    arguments.addAll(List.of(typed));
    return command.run(arguments.toArray(String[]::new));
  }
}
