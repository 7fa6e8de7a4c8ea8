package io.pulzar.rights;

import io.micronaut.http.HttpRequest;
import java.util.Optional;

/**
 * What a route adds to the audit log's entry about a request, where its path does not say what was
 * done.
 */
public final class AuditNote {

  private static final String WHAT = "io.pulzar.rights.audit";
  private static final String READ = "io.pulzar.rights.read";

  private AuditNote() {}

  /**
   * The request changes something: {@code what} is put behind method and path, for example {@code
   * runs example/factorial}.
   */
  public static void of(HttpRequest<?> request, String what) {
    request.setAttribute(WHAT, what);
    request.setAttribute(READ, false);
  }

  /** The request changes nothing, whatever its method says. */
  public static void onlyReads(HttpRequest<?> request) {
    request.setAttribute(READ, true);
  }

  /** What was added. */
  public static Optional<String> in(HttpRequest<?> request) {
    return request.getAttribute(WHAT, String.class);
  }

  /** Whether it was said that the request changes nothing. */
  public static boolean readsOnly(HttpRequest<?> request) {
    return request.getAttribute(READ, Boolean.class).orElse(false);
  }
}
