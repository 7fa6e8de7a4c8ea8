package io.pulzar.bucket;

import java.time.Instant;

/**
 * An object of a value, as a listing shows it.
 *
 * @param size bytes
 * @param modified when it was written; of one that came in parts, the bucket may tell when that
 *     began
 */
public record HeldObject(long id, long size, Instant modified) {}
