package io.pulzar.secrets;

import io.pulzar.settings.BadSettingException;
import io.pulzar.settings.Setting;
import io.pulzar.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the key is, and how much there may be.
 *
 * @param nameCharacters of a name
 * @param secretBytes of a secret
 * @param variableBytes of a variable
 * @param count of secrets, and of variables
 * @param givenBytes of all variables that one script sees
 */
public record SecretSettings(
    int nameCharacters, long secretBytes, long variableBytes, int count, long givenBytes) {

  static final Setting<Optional<String>> KEY =
      Setting.secret(
          "pulzar.secrets.key",
          "What seals secrets: 32 bytes in Base64, as openssl rand -base64 32 makes them; behind a comma those"
              + " that only open what they sealed before. By default the key in pulzar.secrets.key-file.");
  static final Setting<Optional<Path>> KEY_FILE =
      Setting.optionalPath(
          "pulzar.secrets.key-file",
          "The file with that key, made when it is not there; by default <home>/secrets.key.");
  static final Setting<Integer> NAME =
      Setting.whole(
          "pulzar.secrets.name",
          64,
          1,
          128,
          "How many characters the name of a secret or variable has.");
  static final Setting<Long> VALUE =
      Setting.size("pulzar.secrets.value", "64KB", "The longest secret.");
  static final Setting<Integer> COUNT =
      Setting.whole(
          "pulzar.secrets.count",
          1_000,
          1,
          100_000,
          "How many secrets there are in all folders together, and how many variables.");
  static final Setting<Long> VARIABLE =
      Setting.size("pulzar.variables.value", "4KB", "The longest variable.");
  static final Setting<Long> GIVEN =
      Setting.size(
          "pulzar.variables.given",
          "32KB",
          "How much all variables that one script sees have together.");

  public static final List<Setting<?>> ALL =
      List.of(KEY, KEY_FILE, NAME, VALUE, COUNT, VARIABLE, GIVEN);

  /** A run's secrets and parameters must fit the frame that starts it. */
  private static final long MOST = 1L << 20;

  public SecretSettings {
    require(VALUE, secretBytes);
    require(VARIABLE, variableBytes);
    require(GIVEN, givenBytes);
  }

  static SecretSettings of(Settings settings) {
    return new SecretSettings(
        settings.get(NAME),
        settings.get(VALUE),
        settings.get(VARIABLE),
        settings.get(COUNT),
        settings.get(GIVEN));
  }

  private static void require(Setting<Long> setting, long bytes) {
    if (bytes < 1 || bytes > MOST) {
      throw new BadSettingException(setting + " must be from 1 byte to 1MB");
    }
  }
}
