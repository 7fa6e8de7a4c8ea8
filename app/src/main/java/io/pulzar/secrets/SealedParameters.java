package io.pulzar.secrets;

import io.pulzar.http.ApiException;
import io.pulzar.sealing.SealedTextException;
import io.pulzar.sealing.SealingKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parameters that are marked secret, as they are stored: in the place of each value stands {@code
 * {"_pulzar_sealed":"1.…"}}, with the number of the key before the dot. Whoever shows parameters
 * shows {@link #masked} ones.
 */
public final class SealedParameters {

  private static final String MARK = "_pulzar_sealed";
  private static final Pattern SEALED =
      Pattern.compile("\\{\"" + MARK + "\":\"(?:(\\d{1,18})\\.([A-Za-z0-9_-]+))\"}");
  private static final String MASK = "\"***\"";

  private final SecretStore store;

  SealedParameters(SecretStore store) {
    this.store = store;
  }

  /**
   * Parameters as a script gets them.
   *
   * @param concealed the texts and numbers in those that were sealed
   */
  public record Opened(String parameters, List<String> concealed) {}

  /** Parameters for whoever looks. */
  public static String masked(String parameters) {
    return parameters.contains(MARK) ? SEALED.matcher(parameters).replaceAll(MASK) : parameters;
  }

  /**
   * Seals some of the parameters; the same ones look the same each time.
   *
   * @param script whose parameters they are; they open for no other
   * @param names of those that are secret
   * @param parameters a JSON object
   */
  public String seal(String script, Set<String> names, String parameters) {
    if (names.isEmpty()) {
      return parameters;
    }
    SecretStore.NumberedKey key = store.parameterKey();
    return TopLevelValues.replace(
        parameters,
        (name, value) ->
            names.contains(name)
                ? "{\"%s\":\"%d.%s\"}"
                    .formatted(
                        MARK, key.number(), key.key().sealRepeatably(value, about(script, name)))
                : value);
  }

  /**
   * Opens what was sealed.
   *
   * @throws ApiException 409 when it can't be opened
   */
  public Opened open(String script, String parameters) {
    if (!parameters.contains(MARK)) {
      return new Opened(parameters, List.of());
    }
    List<String> concealed = new ArrayList<>();
    String opened =
        TopLevelValues.replace(
            parameters,
            (name, value) -> {
              Matcher sealed = SEALED.matcher(value);
              if (!sealed.matches()) {
                return value;
              }
              String plain = open(script, name, sealed);
              concealed.addAll(TopLevelValues.leaves(plain));
              return plain;
            });
    return new Opened(opened, List.copyOf(concealed));
  }

  private String open(String script, String name, Matcher sealed) {
    long number = Long.parseLong(sealed.group(1));
    SealingKey key =
        store
            .parameterKey(number)
            .orElseThrow(() -> unreadable(name, "key " + number + " is gone"));
    try {
      return key.open(sealed.group(2), about(script, name));
    } catch (SealedTextException e) {
      throw unreadable(name, String.valueOf(e.getMessage()));
    }
  }

  private static ApiException unreadable(String name, String reason) {
    return ApiException.conflict(
        "parameter_unreadable",
        "the secret parameter " + name + " can't be opened: " + reason + "; launch the job anew");
  }

  private static String about(String script, String name) {
    return "parameter\n" + script + "\n" + name;
  }
}
