package io.pulzar.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** An authority and a server's certificate from it, made with the JDK's keytool. */
public final class Certificates {

  public static final String PASSWORD = "changeit";

  private final Path directory;
  private final List<String> names;

  /**
   * @param names of the server, as {@code dns:localhost} or {@code ip:127.0.0.1}
   */
  public Certificates(Path directory, String... names) throws Exception {
    this.directory = Files.createDirectories(directory);
    this.names = List.of(names);
    make();
  }

  /** What those need who ask the server. */
  public Path authority() {
    return directory.resolve("authority.pem");
  }

  /** The server's chain. */
  public Path chain() {
    return directory.resolve("chain.pem");
  }

  /** The server's private key. */
  public Path key() {
    return directory.resolve("key.pem");
  }

  /** Both, as PKCS #12. */
  public Path keyStore() {
    return directory.resolve("server.p12");
  }

  private void make() throws Exception {
    keytool("authority.p12", "-genkeypair -alias ca -keyalg EC -dname CN=authority -ext bc:c");
    keytool("authority.p12", "-exportcert -rfc -alias ca -file authority.pem");
    keytool("server.p12", "-genkeypair -alias server -keyalg EC -dname CN=server");
    keytool("server.p12", "-certreq -alias server -file server.csr");
    keytool(
        "authority.p12",
        "-gencert -rfc -alias ca -infile server.csr -outfile server.pem -ext SAN="
            + String.join(",", names));
    String chain = text("server.pem") + text("authority.pem");
    Files.writeString(chain(), chain);
    keytool("server.p12", "-importcert -noprompt -alias server -file chain.pem");
    writeKey();
  }

  private String text(String file) throws IOException {
    return Files.readString(directory.resolve(file));
  }

  private void writeKey() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream stream = Files.newInputStream(keyStore())) {
      store.load(stream, PASSWORD.toCharArray());
    }
    byte[] key = store.getKey("server", PASSWORD.toCharArray()).getEncoded();
    String lines =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(key);
    Files.writeString(
        key(), "-----BEGIN PRIVATE KEY-----\n" + lines + "\n-----END PRIVATE KEY-----\n");
  }

  private void keytool(String store, String arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments.split(" ")));
    command.addAll(List.of("-keystore", store, "-storepass", PASSWORD));
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("keytool " + arguments + ": " + said);
    }
  }
}
