package io.pulzar.jobs;

import io.micronaut.serde.annotation.Serdeable;

/**
 * One life of a node: from its start to its end. A node that restarted has forgotten its runs, so
 * what an earlier life held is lost.
 *
 * @param node its name
 * @param life random for each start
 */
@Serdeable
public record Lessee(String node, String life) {}
