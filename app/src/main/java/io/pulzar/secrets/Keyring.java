package io.pulzar.secrets;

import io.pulzar.http.ApiException;
import io.pulzar.sealing.SealingKey;
import io.pulzar.settings.BadSettingException;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The key that seals, and those that open what was sealed before. */
abstract sealed class Keyring {

  private static final Logger LOG = LoggerFactory.getLogger(Keyring.class);

  /** What seals from now on. */
  abstract SealingKey current();

  /** The key of that id, where it is still here. */
  abstract Optional<SealingKey> find(String id);

  /**
   * Makes another key the current one; the one before it goes on to open.
   *
   * @throws ApiException 409 with the cure where that can't be done here
   */
  abstract void change();

  /** Where a key that is missing belongs, for sentences. */
  abstract String place(String id);

  /**
   * The keyring that the settings choose, and the file of which is made where there is none.
   *
   * @throws BadSettingException when there is no key to be read or made
   */
  static Keyring of(Settings settings) {
    Optional<String> given = settings.get(SecretSettings.KEY);
    return given.isPresent() ? new OfSetting(given.get()) : new OfFile(file(settings));
  }

  /** Whether a key is here, without making one. */
  static boolean has(Settings settings, String id) throws IOException {
    Optional<String> given = settings.get(SecretSettings.KEY);
    if (given.isPresent()) {
      return new OfSetting(given.get()).find(id).isPresent();
    }
    KeyFile file = file(settings);
    return file.existing().filter(key -> key.id().equals(id)).isPresent()
        || file.retired(id).isPresent();
  }

  /** What to do about a key that is not here. */
  static String cure(Settings settings, String id) {
    return settings.get(SecretSettings.KEY).isPresent()
        ? cureOfSetting(id)
        : cureOfFile(file(settings), id);
  }

  private static String cureOfSetting(String id) {
    return "put the key " + id + " behind the others in " + SecretSettings.KEY;
  }

  private static String cureOfFile(KeyFile file, String id) {
    return "put the key " + id + " back as " + file + " or " + file + "." + id;
  }

  private static KeyFile file(Settings settings) {
    return new KeyFile(
        settings
            .get(SecretSettings.KEY_FILE)
            .orElseGet(() -> settings.get(ServerSettings.HOME).resolve("secrets.key")));
  }

  /** Keys of the setting, the one in use first. */
  private static final class OfSetting extends Keyring {

    private final List<SealingKey> keys;

    OfSetting(String text) {
      try {
        keys = Arrays.stream(text.split(",", -1)).map(SealingKey::parse).toList();
      } catch (IllegalArgumentException e) {
        throw new BadSettingException(
            SecretSettings.KEY + ": " + e.getMessage() + "; make one with openssl rand -base64 32");
      }
    }

    @Override
    SealingKey current() {
      return keys.getFirst();
    }

    @Override
    Optional<SealingKey> find(String id) {
      return keys.stream().filter(key -> key.id().equals(id)).findFirst();
    }

    @Override
    void change() {
      if (keys.size() < 2) {
        throw ApiException.conflict(
            "key_is_set",
            "the key is in "
                + SecretSettings.KEY
                + ": put a new one and a comma before it, start the server again, and then rotate");
      }
    }

    @Override
    String place(String id) {
      return cureOfSetting(id);
    }
  }

  private static final class OfFile extends Keyring {

    private final KeyFile file;
    private volatile SealingKey current;

    OfFile(KeyFile file) {
      this.file = file;
      try {
        current = file.current();
      } catch (IOException e) {
        throw new BadSettingException(
            file
                + " can't be read or written ("
                + e.getMessage()
                + "): choose another with "
                + SecretSettings.KEY_FILE);
      }
    }

    @Override
    SealingKey current() {
      return current;
    }

    @Override
    Optional<SealingKey> find(String id) {
      if (current.id().equals(id)) {
        return Optional.of(current);
      }
      try {
        return file.retired(id);
      } catch (IOException e) {
        // As good as none: what it opens says that it is missing, and where it belongs.
        LOG.warn("an earlier key can't be read: {}", e.getMessage());
        return Optional.empty();
      }
    }

    @Override
    void change() {
      SealingKey next = SealingKey.random();
      try {
        file.replace(current, next);
      } catch (IOException e) {
        throw ApiException.conflict(
            "key_not_written",
            "the key stays as it is, because " + file + " can't be replaced: " + e.getMessage());
      }
      current = next;
    }

    @Override
    String place(String id) {
      return cureOfFile(file, id);
    }
  }
}
