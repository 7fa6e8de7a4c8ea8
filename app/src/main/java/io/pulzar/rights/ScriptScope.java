package io.pulzar.rights;

import java.util.Optional;

/**
 * Tells to which script a route's path belongs. A bean of each capability that has such routes; the
 * route's right must then hold for that script, which is checked before the route runs.
 */
public interface ScriptScope {

  /**
   * The script that a request is about.
   *
   * @param path of the request, encoded
   * @return empty when it is about none that exists: the route says so itself
   */
  Optional<String> scriptOf(String path);

  /** The number that follows {@code prefix} in a path, as in {@code /admin/jobs/7/log}. */
  static Optional<Long> number(String path, String prefix) {
    if (!path.startsWith(prefix)) {
      return Optional.empty();
    }
    String rest = path.substring(prefix.length());
    int slash = rest.indexOf('/');
    String number = slash < 0 ? rest : rest.substring(0, slash);
    return number.matches("\\d{1,18}") ? Optional.of(Long.parseLong(number)) : Optional.empty();
  }
}
