package io.pulzar.keys;

import io.micronaut.http.HttpParameters;
import io.micronaut.http.HttpRequest;
import io.pulzar.http.ApiException;
import io.pulzar.http.RawPath;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a write's path and query say; the master checks it before it redirects, the node when it
 * writes.
 *
 * @param lifetime after which the value goes by itself; empty: never
 * @param condition when it may take place
 * @param replicas how many copies are asked for; 0: as many as the settings say
 */
public record WriteOptions(
    Key key, Optional<Duration> lifetime, WriteCondition condition, int replicas) {

  /** The route of writes, on the master and on nodes. */
  public static final String PATH = "/add_key/";

  /** The route of reads, on the master and on nodes. */
  public static final String READ_PATH = "/get_key/";

  /** The query parameter of reads that names the version; nodes of shared values need it. */
  public static final String VERSION = "version";

  /** With as many copies as the settings say. */
  public WriteOptions(Key key, Optional<Duration> lifetime, boolean replace) {
    this(key, lifetime, WriteCondition.replacing(replace), 0);
  }

  /**
   * Reads a request.
   *
   * @throws ApiException 400 {@code illegal_key}, {@code bad_parameter}
   */
  public static WriteOptions of(HttpRequest<?> request) {
    Key key = key(request, PATH);
    if (request.getUri().getRawQuery() == null) {
      return new WriteOptions(
          key, Optional.empty(), WriteCondition.of(false, request.getHeaders()), 0);
    }
    HttpParameters parameters = request.getParameters();
    return new WriteOptions(
        key,
        Lifetime.parse(parameters.get("temporal"), parameters.get("ttl")),
        WriteCondition.of(flag("replace", parameters.get("replace")), request.getHeaders()),
        replicas(parameters.get("replicas")));
  }

  /**
   * The key that follows {@code prefix} in a request's path.
   *
   * @throws ApiException 400 {@code illegal_key}
   */
  public static Key key(HttpRequest<?> request, String prefix) {
    String tail = RawPath.tail(request, prefix);
    return tail.indexOf('%') < 0 ? new Key("/" + tail) : Key.of(RawPath.segments(tail));
  }

  /** Whether an existing value gives way. */
  public boolean replace() {
    return condition.replace();
  }

  private static int replicas(@Nullable String text) {
    if (text == null) {
      return 0;
    }
    if (text.matches("[1-9]\\d?") && Integer.parseInt(text) <= ReplicationSettings.MOST) {
      return Integer.parseInt(text);
    }
    throw ApiException.badRequest(
        "bad_parameter",
        "replicas must be a whole number from 1 to %d, got '%s'"
            .formatted(ReplicationSettings.MOST, text));
  }

  private static boolean flag(String name, @Nullable String text) {
    if (text == null) {
      return false;
    }
    return switch (text) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default ->
          throw ApiException.badRequest(
              "bad_parameter", name + " must be true or false, got '" + text + "'");
    };
  }
}
