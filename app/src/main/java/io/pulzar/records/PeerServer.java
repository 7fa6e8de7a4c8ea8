package io.pulzar.records;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * Another installation, as {@code servers.list} names it.
 *
 * @param url without a slash at its end
 * @param token that it wants to be shown
 */
record PeerServer(String url, Mode mode, Optional<String> token) {

  private static final int LONGEST_URL = 400;

  /** What goes there. */
  enum Mode {
    /** What was written here, for itself alone. */
    MIRROR,
    /** The same, to be passed on to its own servers. */
    BRIDGE,
    /** Nothing; it is asked for what is not here. */
    READ,
    /** Shared values, to a server that knows nothing but {@code /nodes}. */
    NODES
  }

  /**
   * @throws IllegalArgumentException with a sentence about the URL
   */
  static PeerServer of(String url, Mode mode) {
    URI parsed = URI.create(url);
    boolean usable =
        parsed.getHost() != null
            && parsed.getUserInfo() == null
            && parsed.getQuery() == null
            && url.length() <= LONGEST_URL
            && ("http".equals(parsed.getScheme()) || "https".equals(parsed.getScheme()));
    if (!usable) {
      throw new IllegalArgumentException(
          "'" + url + "' is no server: write http://HOST:PORT or https://HOST:PORT");
    }
    return new PeerServer(url.replaceAll("/+$", ""), mode, Optional.empty());
  }

  PeerServer in(String word) {
    for (Mode known : Mode.values()) {
      if (known.name().toLowerCase(Locale.ROOT).equals(word)) {
        return new PeerServer(url, known, token);
      }
    }
    throw new IllegalArgumentException("mode=" + word + " is none of mirror, bridge, read, nodes");
  }

  PeerServer showing(String secret) {
    return new PeerServer(url, mode, Optional.of(secret));
  }

  boolean receives() {
    return mode != Mode.READ;
  }

  boolean isAsked() {
    return mode != Mode.NODES;
  }
}
