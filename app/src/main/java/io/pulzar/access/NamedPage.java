package io.pulzar.access;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.pulzar.http.ApiException;
import io.pulzar.http.Envelope;
import io.pulzar.http.NextPage;
import io.pulzar.rights.Grant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of things that have a name and grants, in the order of their names.
 *
 * @param after only names above it
 */
record NamedPage(String after, int limit) {

  private static final int MOST = 1_000;

  /** What is told of each beside its grants, about. */
  private static final int BYTES_BESIDE = 200;

  /**
   * @throws ApiException 400 {@code bad_parameter}
   */
  static NamedPage of(@Nullable String after, @Nullable Integer limit) {
    if (limit != null && (limit < 1 || limit > MOST)) {
      throw ApiException.badRequest("bad_parameter", "limit must be from 1 to " + MOST);
    }
    return new NamedPage(after == null ? "" : after, limit == null ? MOST : limit);
  }

  <T> HttpResponse<Envelope> answer(
      HttpRequest<?> request,
      List<T> all,
      Function<T, String> name,
      Function<T, List<Grant>> grants,
      Function<T, ?> view) {
    List<T> left =
        all.stream()
            .filter(one -> name.apply(one).compareTo(after) > 0)
            .sorted(Comparator.comparing(name))
            .toList();
    List<T> page = NextPage.beginningOf(left, limit, one -> bytes(grants.apply(one)));
    return NextPage.link(
        request,
        HttpResponse.ok(Envelope.ok(page.stream().map(view).toList())),
        "after",
        page.size() < left.size() ? Optional.of(name.apply(page.getLast())) : Optional.empty());
  }

  private static long bytes(List<Grant> grants) {
    return BYTES_BESIDE + grants.stream().mapToLong(grant -> grant.toString().length() + 3L).sum();
  }
}
