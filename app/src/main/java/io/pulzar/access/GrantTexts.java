package io.pulzar.access;

import io.pulzar.http.ApiException;
import io.pulzar.rights.Grant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Grants as requests and answers write them: {@code runner finance/**}. */
final class GrantTexts {

  private static final int MOST = 64;

  private GrantTexts() {}

  /**
   * @throws ApiException 400 {@code bad_parameter}
   */
  static List<Grant> parse(@Nullable List<String> texts) {
    if (texts == null || texts.isEmpty() || texts.size() > MOST) {
      throw ApiException.badRequest(
          "bad_parameter", "'grants' names 1 to " + MOST + " roles, as [\"runner finance/**\"]");
    }
    try {
      return texts.stream().map(Grant::parse).toList();
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest("bad_parameter", "grants: " + e.getMessage());
    }
  }

  static List<String> of(List<Grant> grants) {
    return grants.stream().map(Grant::toString).toList();
  }
}
