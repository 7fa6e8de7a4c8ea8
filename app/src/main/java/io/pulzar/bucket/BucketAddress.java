package io.pulzar.bucket;

import io.pulzar.settings.BadSettingException;
import io.pulzar.settings.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a bucket is and how to get in.
 *
 * @param prefix of all names in it; empty or with a slash at its end
 * @param timeout without a sign of life for so long, a connection counts as lost
 * @param patience how long a step is tried again
 */
record BucketAddress(
    String bucket,
    String prefix,
    Optional<URI> endpoint,
    Optional<String> region,
    boolean pathStyle,
    Optional<Key> key,
    Duration timeout,
    Duration patience) {

  private static final Pattern FORM =
      Pattern.compile("s3://([A-Za-z0-9][A-Za-z0-9._-]{1,253})(?:/([A-Za-z0-9/._-]{0,200}))?");

  private static final Set<String> SCHEMES = Set.of("http", "https");

  /** What somebody signs in with. */
  record Key(String id, String secret) {

    @Override
    public String toString() {
      return id;
    }
  }

  /**
   * What the settings say.
   *
   * @throws BadSettingException when it can't be understood
   */
  static BucketAddress of(Settings settings) {
    String url = settings.get(BucketSettings.URL).orElse("");
    Matcher form = FORM.matcher(url);
    if (!form.matches()) {
      throw new BadSettingException(
          BucketSettings.URL
              + "="
              + url
              + " is not understood: write s3://BUCKET or s3://BUCKET/PREFIX, or leave it out to"
              + " keep values on the disks of nodes");
    }
    Optional<URI> endpoint = settings.get(BucketSettings.ENDPOINT).map(BucketAddress::endpoint);
    return new BucketAddress(
        form.group(1),
        prefix(form.group(2)),
        endpoint,
        settings
            .get(BucketSettings.REGION)
            .or(() -> endpoint.isPresent() ? Optional.of("us-east-1") : Optional.empty()),
        settings.isChosen(BucketSettings.PATH_STYLE)
            ? settings.get(BucketSettings.PATH_STYLE)
            : endpoint.isPresent(),
        key(settings),
        atLeastASecond(settings),
        settings.get(BucketSettings.PATIENCE));
  }

  /** For people: {@code s3://bucket/prefix}. */
  String url() {
    return "s3://"
        + bucket
        + (prefix.isEmpty() ? "" : "/" + prefix.substring(0, prefix.length() - 1))
        + endpoint.map(where -> " at " + where).orElse("");
  }

  private static String prefix(String written) {
    String bare = written == null ? "" : written.replaceAll("^/+|/+$", "");
    return bare.isEmpty() ? "" : bare + "/";
  }

  private static URI endpoint(String url) {
    try {
      URI parsed = new URI(url);
      if (parsed.getHost() != null
          && parsed.getUserInfo() == null
          && SCHEMES.contains(String.valueOf(parsed.getScheme()))) {
        return parsed;
      }
    } catch (URISyntaxException e) {
      throw badEndpoint();
    }
    throw badEndpoint();
  }

  private static BadSettingException badEndpoint() {
    return new BadSettingException(
        BucketSettings.ENDPOINT
            + " must be like https://s3.example:9000, without a user or password");
  }

  private static Optional<Key> key(Settings settings) {
    Optional<String> id = settings.get(BucketSettings.ACCESS_KEY);
    Optional<String> secret = settings.get(BucketSettings.SECRET_KEY);
    if (id.isPresent() != secret.isPresent()) {
      throw new BadSettingException(
          BucketSettings.ACCESS_KEY
              + " and "
              + BucketSettings.SECRET_KEY
              + " belong together: set both, or neither to use what the AWS SDK finds");
    }
    return id.map(name -> new Key(name, secret.orElseThrow()));
  }

  private static Duration atLeastASecond(Settings settings) {
    Duration chosen = settings.get(BucketSettings.TIMEOUT);
    if (chosen.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new BadSettingException(BucketSettings.TIMEOUT + " must be at least 1s");
    }
    return chosen;
  }
}
