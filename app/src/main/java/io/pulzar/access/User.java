package io.pulzar.access;

import io.pulzar.rights.Grant;
import java.time.Instant;
import java.util.List;

/**
 * Somebody who signs in by name and password.
 *
 * @param passwordHash of {@link Passwords}
 */
record User(String name, String passwordHash, List<Grant> grants, Instant created) {}
