package io.pulzar.secrets;

import io.pulzar.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Names of the keys that open secrets: what may be told of them. */
public final class SecretKeys {

  private SecretKeys() {}

  /** The name of the key that seals here; it is made where there is none. */
  public static String current(Settings settings) {
    return Keyring.of(settings).current().id();
  }

  /** What to do about a key that is not here; empty: it is. */
  public static Optional<String> cureOfMissing(Settings settings, String id) {
    try {
      return Keyring.has(settings, id) ? Optional.empty() : Optional.of(Keyring.cure(settings, id));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
