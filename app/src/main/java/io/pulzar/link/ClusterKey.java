package io.pulzar.link;

import io.pulzar.sealing.SealingKey;
import io.pulzar.settings.BadSettingException;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The secret that master and nodes share. It has no text form on purpose. */
public final class ClusterKey {

  private static final Logger LOG = LoggerFactory.getLogger(ClusterKey.class);
  private static final String FILE = "cluster.key";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int GENERATED_BYTES = 32;

  /** Printed in the documentation of the original, so known to everybody. */
  private static final String PUBLISHED = "l415S4Nt05";

  private final byte[] secret;
  private final boolean published;

  private ClusterKey(String secret) {
    this.secret = secret.getBytes(StandardCharsets.UTF_8);
    this.published = secret.equals(PUBLISHED);
  }

  /**
   * The configured key; else the one in the home; else a new one, kept there for the owner's eyes
   * only.
   *
   * @throws BadSettingException when the home can't hold it
   */
  public static ClusterKey of(Settings settings) {
    Optional<String> configured = settings.get(ServerSettings.KEY);
    ClusterKey key =
        configured.isPresent()
            ? new ClusterKey(configured.get())
            : kept(settings.get(ServerSettings.HOME).resolve(FILE));
    if (key.isPublished()) {
      LOG.warn(
          "{} is the example of the old documentation, which anybody can use to act as a node: set"
              + " your own, or remove it to get one",
          ServerSettings.KEY);
    }
    return key;
  }

  /** The same without making one; empty when there is none. */
  public static Optional<ClusterKey> existing(Settings settings) {
    return settings.get(ServerSettings.KEY).isPresent()
            || Files.exists(settings.get(ServerSettings.HOME).resolve(FILE))
        ? Optional.of(of(settings))
        : Optional.empty();
  }

  private static ClusterKey kept(Path file) {
    try {
      if (!Files.exists(file)) {
        generate(file);
      }
      String text = Files.readString(file, StandardCharsets.UTF_8).strip();
      if (!text.isEmpty()) {
        return new ClusterKey(text);
      }
    } catch (IOException e) {
      throw new BadSettingException(
          file + " can't be read or written: choose another --home, or set pulzar.server.key");
    }
    throw new BadSettingException(
        file + " is empty: delete it for a new key, or set pulzar.server.key");
  }

  private static void generate(Path file) throws IOException {
    byte[] random = new byte[GENERATED_BYTES];
    new SecureRandom().nextBytes(random);
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n";
    Files.createDirectories(file.getParent());
    FileAttribute<?>[] ownerOnly =
        file.getFileSystem().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    try (var channel =
        Files.newByteChannel(
            file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly)) {
      channel.write(StandardCharsets.UTF_8.encode(text));
    } catch (FileAlreadyExistsException e) {
      return; // Another process was first; its key is read.
    }
  }

  /** What seals for the other servers of the cluster; it has nothing to do with signatures. */
  public SealingKey sealing() {
    return SealingKey.ofHash(hmac("pulzar sealing"));
  }

  /** Whether anybody could know it. */
  boolean isPublished() {
    return published;
  }

  /**
   * Signs a text with HMAC-SHA256. The text begins with what the signature is for, so that none can
   * be used for something else.
   *
   * @return in letters that a URL and a header take as they are
   */
  public String sign(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(hmac(text));
  }

  private byte[] hmac(String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has " + ALGORITHM, e);
    }
  }
}
