package io.pulzar.keys;

import io.micronaut.http.HttpHeaders;
import io.pulzar.http.ApiException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a write or a removal may take place (RFC 9110, sections 13.1.1 and 13.1.2). It is decided
 * where the index changes, so that of two clients with the same condition one succeeds.
 *
 * @param replace whether an existing value gives way
 * @param ifMatch the header: the value must be one of these
 * @param ifNoneMatch the header: the value must be none of these
 */
public record WriteCondition(
    boolean replace, @Nullable String ifMatch, @Nullable String ifNoneMatch) {

  /** Whatever there is gives way. */
  public static final WriteCondition NONE = new WriteCondition(true, null, null);

  static WriteCondition replacing(boolean replace) {
    return new WriteCondition(replace, null, null);
  }

  static WriteCondition of(boolean replace, HttpHeaders headers) {
    return new WriteCondition(
        replace, joined(headers, HttpHeaders.IF_MATCH), joined(headers, HttpHeaders.IF_NONE_MATCH));
  }

  /** A header in several lines is one list. */
  private static @Nullable String joined(HttpHeaders headers, String name) {
    return headers.contains(name) ? String.join(",", headers.getAll(name)) : null;
  }

  /** Whether it asks for more than that there be nothing, which a node can't judge. */
  public boolean hasHeaders() {
    return ifMatch != null || ifNoneMatch != null;
  }

  /**
   * Whether the headers allow it.
   *
   * @param present what the key stands for
   */
  boolean isMet(Optional<Location> present) {
    String tag = present.map(Location::entityTag).orElse(null);
    return (ifMatch == null || matches(ifMatch, tag, false))
        && (ifNoneMatch == null || !matches(ifNoneMatch, tag, true));
  }

  /** The refusal when they do not. */
  public static ApiException unmet(Key key) {
    return ApiException.preconditionFailed(
        "If-Match or If-None-Match does not hold for the key %s, so nothing was changed; read it again"
            .formatted(key));
  }

  private static boolean matches(String header, @Nullable String tag, boolean weakly) {
    if (tag == null) {
      return false;
    }
    if (header.strip().equals("*")) {
      return true;
    }
    for (String candidate : header.split(",", -1)) {
      String stripped = candidate.strip();
      if (stripped.equals(tag) || (weakly && stripped.equals("W/" + tag))) {
        return true;
      }
    }
    return false;
  }
}
