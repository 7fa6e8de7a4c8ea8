package io.pulzar.access;

import java.time.Instant;

/**
 * Something that was done, or refused.
 *
 * @param who the name of the identity
 * @param from the address of the other end
 * @param what method and path, without the query, which may carry values
 * @param status of the answer
 */
record AuditEntry(Instant time, String who, String from, String what, int status) {}
