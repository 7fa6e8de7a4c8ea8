package io.pulzar.keys;

import io.micronaut.serde.annotation.Serdeable;

/**
 * One version of a key's value on a node.
 *
 * @param key the key's path
 * @param id the version's name on its node
 */
@Serdeable
public record ValueVersion(String key, long id) {}
