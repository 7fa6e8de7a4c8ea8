package io.pulzar.records;

import io.pulzar.http.ApiException;
import java.nio.charset.StandardCharsets;

/** The names of shared values. */
final class SharedName {

  /** What fits into a key of the storage beside the kind. */
  static final int MOST_BYTES = 510;

  private SharedName() {}

  /**
   * @throws ApiException 400 {@code illegal_name}
   */
  static RecordKey key(String name) {
    if (name.isEmpty()
        || name.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES
        || name.chars().anyMatch(Character::isISOControl)) {
      throw ApiException.badRequest(
          "illegal_name",
          "a name has 1 to " + MOST_BYTES + " bytes of UTF-8 and no control characters");
    }
    return new RecordKey(Kind.SHARED, name);
  }
}
