package io.pulzar.sealing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key of 256 bits and what it does: AES-GCM with a nonce of 96 bits before the ciphertext, in
 * letters that a URL and JSON take as they are. A random nonce is good for 2³² texts (NIST SP
 * 800-38D, section 8.3), which nobody sets.
 */
public final class SealingKey {

  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int ID_BYTES = 8;
  private static final String HMAC = "HmacSHA256";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final byte[] bytes;
  private final String id;

  private SealingKey(byte[] bytes) {
    if (bytes.length != KEY_BYTES) {
      throw new IllegalArgumentException(
          "a key has " + KEY_BYTES + " bytes, and this one has " + bytes.length);
    }
    this.bytes = bytes;
    this.id = id(bytes);
  }

  /** A new one. */
  public static SealingKey random() {
    byte[] bytes = new byte[KEY_BYTES];
    RANDOM.nextBytes(bytes);
    return new SealingKey(bytes);
  }

  /**
   * Reads a key from Base64 of either alphabet.
   *
   * @throws IllegalArgumentException with a sentence that does not repeat the text
   */
  public static SealingKey parse(String text) {
    byte[] bytes;
    try {
      String plain = text.strip().replace('+', '-').replace('/', '_');
      bytes = Base64.getUrlDecoder().decode(plain);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the key is not Base64", e);
    }
    return new SealingKey(bytes);
  }

  /** A key that exists only in memory, from the HMAC-SHA256 of a shared secret. */
  public static SealingKey ofHash(byte[] hash) {
    return new SealingKey(hash.clone());
  }

  /** What {@link #parse} reads: for the one file that keeps it, or to be sealed itself. */
  public String export() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Names the key and tells nothing of it: the beginning of its SHA-256. */
  public String id() {
    return id;
  }

  /**
   * Seals a text.
   *
   * @param about what it is and where it belongs; it opens with the same words only
   */
  public String seal(String text, String about) {
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    return seal(text, about, nonce);
  }

  /**
   * Seals a text so that the same one in the same place looks the same: the nonce is made of both.
   * Who sees two of them learns whether they are equal.
   */
  public String sealRepeatably(String text, String about) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(bytes, HMAC));
      mac.update(about.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      byte[] hash = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
      return seal(text, about, Arrays.copyOf(hash, NONCE_BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has " + HMAC, e);
    }
  }

  private String seal(String text, String about, byte[] nonce) {
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, nonce, about).doFinal(text.getBytes(StandardCharsets.UTF_8));
      byte[] both = Arrays.copyOf(nonce, nonce.length + sealed.length);
      System.arraycopy(sealed, 0, both, nonce.length, sealed.length);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(both);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has AES-GCM", e);
    }
  }

  /** Opens what was sealed with this key and these words. */
  public String open(String sealed, String about) throws SealedTextException {
    try {
      byte[] both = Base64.getUrlDecoder().decode(sealed);
      if (both.length < NONCE_BYTES + TAG_BITS / Byte.SIZE) {
        throw new SealedTextException("it is too short to be a sealed text");
      }
      byte[] plain =
          cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(both, NONCE_BYTES), about)
              .doFinal(both, NONCE_BYTES, both.length - NONCE_BYTES);
      return new String(plain, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new SealedTextException("it is no sealed text");
    } catch (AEADBadTagException e) {
      throw new SealedTextException("it was changed, or sealed for something else");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has AES-GCM", e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, String about) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(bytes, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(about.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  private static String id(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(hash, 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "key " + id;
  }
}
