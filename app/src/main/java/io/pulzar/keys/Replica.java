package io.pulzar.keys;

import io.micronaut.serde.annotation.Serdeable;

/**
 * One copy of a value.
 *
 * @param node the name of the node that has it
 * @param id names this version of the value on its node
 */
@Serdeable
public record Replica(String node, long id) {}
