package io.pulzar.cli;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** URLs as the commands write them. */
final class UrlText {

  private UrlText() {}

  /**
   * The URL of a server.
   *
   * @throws UsageException when it is none
   */
  static URI server(String text) {
    try {
      URI url = URI.create(text);
      if (url.getHost() != null && List.of("http", "https").contains(url.getScheme())) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      throw new UsageException("--server needs a URL, got '" + text + "': " + e.getMessage());
    }
    throw new UsageException("--server needs a URL as http://127.0.0.1:31414, got '" + text + "'");
  }

  /**
   * A name as a person writes it, with slashes or not, as part of a URL: what the server says of it
   * is the answer, whatever is in it.
   */
  static String path(String name) {
    return Arrays.stream(name.split("/", -1)).map(UrlText::part).collect(Collectors.joining("/"));
  }

  /** One segment, or a value of a query. */
  static String part(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** What stands behind a path, with its question mark. */
  static final class Query {

    private final Map<String, String> values = new LinkedHashMap<>();

    Query with(String name, Object value) {
      values.put(name, value.toString());
      return this;
    }

    Query with(String name, Optional<?> value) {
      value.ifPresent(given -> values.put(name, given.toString()));
      return this;
    }

    @Override
    public String toString() {
      return values.entrySet().stream()
          .map(entry -> entry.getKey() + "=" + part(entry.getValue()))
          .collect(Collectors.joining("&", values.isEmpty() ? "" : "?", ""));
    }
  }
}
