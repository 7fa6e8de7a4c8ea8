package io.pulzar.alarms;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who is told, under a name. Where a webhook is sent to, and what signs it, is sealed elsewhere:
 * see {@link WebhookTarget}.
 *
 * @param shown what of it may be shown: the addresses, or a webhook's server
 * @param addresses of a mail receiver; none: it is a webhook
 * @param body a template of the webhook's body, in place of the usual one
 * @param by who set it
 */
record Receiver(
    String name,
    String shown,
    List<String> addresses,
    Optional<String> body,
    Instant changed,
    String by) {

  /** Whether it is told by mail, one for each address. */
  boolean isMail() {
    return !addresses.isEmpty();
  }
}
