package io.pulzar.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.uri.UriBuilder;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** Lists that are answered page by page; the header {@code Link} names the next page. */
public final class NextPage {

  /** Of one answer: a few megabytes, whatever people wrote. */
  private static final long MOST_BYTES = 4 << 20;

  private NextPage() {}

  /** Names the next page, when there is one: the same request with another {@code parameter}. */
  public static <T> MutableHttpResponse<T> link(
      HttpRequest<?> request,
      MutableHttpResponse<T> answer,
      String parameter,
      Optional<String> next) {
    next.ifPresent(
        from -> {
          URI uri = UriBuilder.of(request.getUri()).replaceQueryParam(parameter, from).build();
          answer.header(
              HttpHeaders.LINK,
              "<" + uri.getRawPath() + "?" + uri.getRawQuery() + ">; rel=\"next\"");
        });
    return answer;
  }

  /**
   * As many rows as an answer may have, at least one.
   *
   * @param bytes of a row in the answer, about
   */
  public static <T> List<T> beginningOf(List<T> rows, int most, ToLongFunction<T> bytes) {
    long sum = 0;
    int count = 0;
    for (T row : rows) {
      sum += bytes.applyAsLong(row);
      if (count == most || (sum > MOST_BYTES && count > 0)) {
        break;
      }
      count++;
    }
    return rows.subList(0, count);
  }
}
