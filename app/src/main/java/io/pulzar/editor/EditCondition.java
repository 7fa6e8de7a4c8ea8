package io.pulzar.editor;

import io.micronaut.http.HttpHeaders;
import io.pulzar.http.ApiException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What must be true of a file for it to change, so that nobody writes over what somebody else saved
 * meanwhile.
 *
 * @param ifMatch the header: the content must be one of these
 * @param ifNoneMatch the header: there must be no file, for {@code *}, or none of these contents
 */
record EditCondition(@Nullable String ifMatch, @Nullable String ifNoneMatch) {

  static EditCondition of(HttpHeaders headers) {
    return new EditCondition(
        headers.get(HttpHeaders.IF_MATCH), headers.get(HttpHeaders.IF_NONE_MATCH));
  }

  /**
   * Refuses when it does not hold.
   *
   * @param present names the content that is there
   * @throws ApiException 412
   */
  void require(SourceFile file, Optional<String> present) {
    if ((ifMatch != null && !names(ifMatch, present))
        || (ifNoneMatch != null && names(ifNoneMatch, present))) {
      throw ApiException.preconditionFailed(
          present.isEmpty()
              ? "the file " + file + ".py is not there any more, so nothing was changed"
              : "the file "
                  + file
                  + ".py is another one meanwhile, so nothing was changed; read it again");
    }
  }

  private static boolean names(String header, Optional<String> present) {
    return present.isPresent()
        && Arrays.stream(header.split(",", -1))
            .map(String::strip)
            .anyMatch(tag -> tag.equals("*") || tag.equals(entityTag(present.get())));
  }

  static String entityTag(String sha256) {
    return '"' + sha256 + '"';
  }
}
