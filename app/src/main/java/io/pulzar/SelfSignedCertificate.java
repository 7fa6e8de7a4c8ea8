package io.pulzar;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A certificate that vouches for itself, with its key, as two PEM files of a directory. The JDK's
 * own keytool makes it: the JDK has no interface for that, and its runtime always has the tool.
 */
final class SelfSignedCertificate {

  private static final String ALIAS = "pulzar";
  private static final String PASSWORD = "PULZAR_KEYTOOL_PASSWORD";
  private static final int PATIENCE_SECONDS = 60;

  private final Path directory;

  SelfSignedCertificate(Path directory) {
    this.directory = directory;
  }

  Path certificate() {
    return directory.resolve("certificate.pem");
  }

  Path key() {
    return directory.resolve("key.pem");
  }

  /**
   * What was made.
   *
   * @param fingerprint SHA-256, in pairs of hexadecimal digits
   */
  record Made(String fingerprint, Instant expires) {}

  /**
   * Makes it, in place of one that is there.
   *
   * @param names for which it holds, as keytool writes them: {@code dns:localhost}
   */
  Made make(List<String> names, Duration valid) throws IOException {
    PrivateDirectory.make(directory);
    Path store = directory.resolve("making.p12");
    String password = password();
    Files.deleteIfExists(store);
    try {
      keytool(
          List.of(
              "-genkeypair",
              "-alias",
              ALIAS,
              "-keyalg",
              "EC",
              "-groupname",
              "secp256r1",
              "-sigalg",
              "SHA256withECDSA",
              "-validity",
              Long.toString(valid.toDays()),
              "-dname",
              "CN=" + names.getFirst().substring(names.getFirst().indexOf(':') + 1),
              "-ext",
              "SAN=" + String.join(",", names),
              "-ext",
              "EKU=serverAuth",
              "-storetype",
              "PKCS12",
              "-keystore",
              store.toString(),
              "-storepass:env",
              PASSWORD),
          password);
      return takeApart(store, password.toCharArray());
    } catch (GeneralSecurityException e) {
      throw new IOException("what keytool made can't be read", e);
    } finally {
      Files.deleteIfExists(store);
    }
  }

  /** The password of the store, which is there for a moment. */
  private static String password() {
    byte[] bytes = new byte[24];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private Made takeApart(Path store, char[] password) throws IOException, GeneralSecurityException {
    KeyStore made = KeyStore.getInstance("PKCS12");
    try (InputStream stream = Files.newInputStream(store)) {
      made.load(stream, password);
    }
    Key key = made.getKey(ALIAS, password);
    if (key == null || !(made.getCertificate(ALIAS) instanceof X509Certificate certificate)) {
      throw new IOException("keytool made no certificate");
    }
    write(key(), pem("PRIVATE KEY", key.getEncoded()));
    write(certificate(), pem("CERTIFICATE", certificate.getEncoded()));
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
    return new Made(
        HexFormat.ofDelimiter(":").withUpperCase().formatHex(hash),
        certificate.getNotAfter().toInstant());
  }

  /** Readable by its owner only from the first byte on, and there as a whole or not at all. */
  private static void write(Path file, String text) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.deleteIfExists(part);
    Files.createFile(part, ownerOnly(file));
    Files.writeString(part, text);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static FileAttribute<?>[] ownerOnly(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private static String pem(String kind, byte[] bytes) {
    String lines =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(bytes);
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(kind, lines, kind);
  }

  private static void keytool(List<String> arguments, String password) throws IOException {
    Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    ProcessBuilder builder = new ProcessBuilder(tool.toString());
    builder.command().addAll(arguments);
    builder.environment().put(PASSWORD, password);
    Process process = builder.redirectErrorStream(true).start();
    try (InputStream stream = process.getInputStream()) {
      String said = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException("keytool failed: " + said.strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while keytool ran", e);
    } finally {
      process.destroy();
    }
  }
}
