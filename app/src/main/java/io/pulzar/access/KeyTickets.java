package io.pulzar.access;

import io.pulzar.link.ClusterKey;
import io.pulzar.rights.Access;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;

/** Gives redirects from one server of the cluster to another a {@link KeyTicket}. */
@Singleton
public final class KeyTickets {

  private final Access access;
  private final ClusterKey key;
  private final Clock clock;

  KeyTickets(Access access, ClusterKey key, Clock clock) {
    this.access = access;
    this.key = key;
    this.clock = clock;
  }

  /** The URL with a ticket for its path; unchanged where nobody is asked who they are. */
  public String onto(String url) {
    if (!access.on()) {
      return url;
    }
    String ticket = KeyTicket.issue(key, URI.create(url).getRawPath(), clock.instant());
    return url + (url.indexOf('?') < 0 ? '?' : '&') + KeyTicket.PARAMETER + "=" + ticket;
  }
}
