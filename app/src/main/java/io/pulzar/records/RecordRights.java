package io.pulzar.records;

import io.micronaut.http.HttpRequest;
import io.pulzar.http.ApiException;
import io.pulzar.rights.Access;
import io.pulzar.rights.Identity;
import io.pulzar.rights.Right;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Map;

/**
 * Who may read and write which record. Grants name them like keys: {@code text/UID} and {@code
 * shared/NAME}. Whoever lists, dumps or watches needs the right for all.
 */
@Singleton
final class RecordRights {

  private final Access access;

  RecordRights(Access access) {
    this.access = access;
  }

  /** Refuses with 403 who may not read it. */
  void read(HttpRequest<?> request, RecordKey key) {
    access.of(request).requireData(Right.READ_DATA, path(key));
  }

  /** Refuses with 403 who may not write it. */
  void write(HttpRequest<?> request, RecordKey key) {
    access.of(request).requireData(Right.WRITE_DATA, path(key));
  }

  /** Refuses with 403 who may not read all of them. */
  void readAll(HttpRequest<?> request) {
    Identity reader = access.of(request);
    if (!reader.mayEverywhere(Right.READ_DATA)) {
      throw ApiException.forbidden(
          "forbidden",
          "this needs the right '"
              + Right.READ_DATA
              + "' for all records; "
              + reader.name()
              + " does not have it");
    }
  }

  /** As grants name the text of a change. */
  static String text(Map<String, Object> change) {
    return "text/" + change.get("uid");
  }

  /** As grants name it. */
  static String path(RecordKey key) {
    return key.kind().name().toLowerCase(Locale.ROOT) + "/" + key.name();
  }
}
