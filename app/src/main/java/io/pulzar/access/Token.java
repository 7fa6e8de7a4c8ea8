package io.pulzar.access;

import io.pulzar.rights.Grant;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a program sends as {@code Authorization: Bearer …}; the text itself is not kept.
 *
 * @param name unique
 * @param hash of the text, by which it is found
 * @param expires when it ends by itself; empty: never
 */
record Token(
    String name, String hash, List<Grant> grants, Instant created, Optional<Instant> expires) {

  /** Every token begins with it, so that tools which look for leaked secrets find one. */
  static final String PREFIX = "pzr_";

  boolean expiredAt(Instant now) {
    return expires.filter(end -> !now.isBefore(end)).isPresent();
  }
}
