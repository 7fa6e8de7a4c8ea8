package io.pulzar.jobs;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;

/**
 * One life of a node: from its start to its end. A node that restarted has forgotten its runs, so
 * what an earlier life held is lost.
 *
 * @param node its name
 * @param incarnation random for each start
 */
@Serdeable
public record LeaseHolder(String node, @JsonProperty("life") String incarnation) {}
