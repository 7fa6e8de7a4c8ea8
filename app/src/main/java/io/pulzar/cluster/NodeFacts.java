package io.pulzar.cluster;

import io.micronaut.serde.annotation.Serdeable;

/**
 * What a node tells about itself with every heartbeat.
 *
 * @param name unique in the cluster, and kept over restarts
 * @param id of its volume: two servers with one name are the same node only when it is equal
 * @param url where clients reach it, without a slash at the end
 * @param percent of the volume's disk in use, 0 to 100
 * @param freeBytes of the volume's disk
 * @param load percent of the processors in use, 0 to 100
 * @param slots runs that may go on at once
 * @param freeSlots runs that could start now
 * @param version of the product
 * @param compiled whether Python is JIT-compiled there
 */
@Serdeable
public record NodeFacts(
    String name,
    String id,
    String url,
    double percent,
    long freeBytes,
    double load,
    int slots,
    int freeSlots,
    String version,
    boolean compiled) {}
