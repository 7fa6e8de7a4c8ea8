package io.pulzar.rights;

import io.micronaut.http.HttpRequest;
import java.util.Optional;

/**
 * Knows a credential that no person has and that settings name, such as the one of other
 * installations.
 */
public interface MachineTokens {

  /** Whose credential the request shows, if it is one of these. */
  Optional<Identity> holder(HttpRequest<?> request);
}
