package io.pulzar.records;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.pulzar.http.ApiException;
import io.pulzar.link.ClusterGuard;
import io.pulzar.rights.Grant;
import io.pulzar.rights.Identity;
import io.pulzar.rights.MachineTokens;
import io.pulzar.settings.Settings;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/**
 * Lets in what only other installations may ask: to store a finished record as it is. They show the
 * token of {@code pulzar.records.peer-token}, or sign with this cluster's key.
 */
@Singleton
final class PeerGuard implements MachineTokens {

  private static final String BEARER = "Bearer ";

  /** It may read and write records, and nothing else. */
  private static final Identity INSTALLATION =
      new Identity(
          "another installation",
          List.of(
              Grant.parse("runner scripts=- data=text/**"),
              Grant.parse("runner scripts=- data=shared/**")),
          Optional.empty());

  private final ClusterGuard cluster;
  private final Optional<String> token;

  PeerGuard(ClusterGuard cluster, Settings settings) {
    this.cluster = cluster;
    this.token = settings.get(RecordSettings.PEER_TOKEN);
  }

  @Override
  public Optional<Identity> holder(HttpRequest<?> request) {
    String shown = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
    return shown != null && isToken(shown) ? Optional.of(INSTALLATION) : Optional.empty();
  }

  /** Whether it may, for requests that are something else without it. */
  boolean isPeer(HttpRequest<?> request, byte[] body) {
    try {
      checkPresent(request);
      check(request, body);
      return true;
    } catch (ApiException refused) {
      return false;
    }
  }

  /**
   * Before the body is read.
   *
   * @throws ApiException 401 when there is no credential at all
   */
  void checkPresent(HttpRequest<?> request) {
    if (!ClusterGuard.isSigned(request)
        && request.getHeaders().get(HttpHeaders.AUTHORIZATION) == null) {
      throw ApiException.unauthorized(
          "only servers that have the token of "
              + RecordSettings.PEER_TOKEN
              + " may store finished records");
    }
  }

  /**
   * @throws ApiException 401 when the credential is wrong
   */
  void check(HttpRequest<?> request, byte[] body) {
    String shown = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
    if (shown == null) {
      cluster.check(request, body);
      return;
    }
    if (!isToken(shown)) {
      throw ApiException.unauthorized(
          "the token is not that of " + RecordSettings.PEER_TOKEN + " here");
    }
  }

  private boolean isToken(String shown) {
    return token
        .filter(
            expected ->
                MessageDigest.isEqual(
                    (BEARER + expected).getBytes(StandardCharsets.UTF_8),
                    shown.getBytes(StandardCharsets.UTF_8)))
        .isPresent();
  }
}
