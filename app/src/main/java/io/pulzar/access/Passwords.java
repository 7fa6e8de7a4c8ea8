package io.pulzar.access;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import io.pulzar.http.ApiException;

/**
 * Passwords as they are kept: Argon2id with 19 MiB, two passes and one lane, the least that OWASP's
 * cheat sheet on password storage asks for: a sign-in must not take the server's heap.
 */
final class Passwords {

  private static final int KIBIBYTES = 19 * 1024;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int HASH_BYTES = 32;
  private static final int LEAST = 10;
  private static final int MOST = 256;

  private static final Argon2Function ARGON2 =
      Argon2Function.getInstance(KIBIBYTES, PASSES, LANES, HASH_BYTES, Argon2.ID);

  /** Checked where there is no such user, so that the answer takes as long. */
  private static final String OF_NOBODY = hashed(SecretText.random());

  private Passwords() {}

  /**
   * @throws ApiException 400 {@code weak_password}
   */
  static String hash(String password) {
    if (password.length() < LEAST || password.length() > MOST) {
      throw ApiException.badRequest(
          "weak_password", "a password has " + LEAST + " to " + MOST + " characters");
    }
    return hashed(password);
  }

  private static String hashed(String password) {
    return Password.hash(password).addRandomSalt().with(ARGON2).getResult();
  }

  static boolean matches(String password, String hash) {
    return password.length() <= MOST && Password.check(password, hash).with(ARGON2);
  }

  /** Spends the time of {@link #matches} for a user that does not exist. */
  static void spendTime(String password) {
    if (matches(password, OF_NOBODY)) {
      throw new IllegalStateException("a random text was guessed");
    }
  }
}
