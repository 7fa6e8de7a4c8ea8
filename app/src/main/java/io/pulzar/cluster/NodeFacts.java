package io.pulzar.cluster;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a node tells about itself with every heartbeat.
 *
 * @param name unique in the cluster, and kept over restarts
 * @param id of its volume: two servers with one name are the same node only when it is equal
 * @param url where clients reach it, without a slash at the end
 * @param percent of the volume's disk in use, 0 to 100
 * @param freeBytes of the volume's disk
 * @param load percent of the processors in use, 0 to 100
 * @param memory percent of the machine's memory in use, 0 to 100
 * @param slots runs that may go on at once
 * @param freeSlots runs that could start now
 * @param version of the product
 * @param compiled whether Python is JIT-compiled there
 * @param labels for the scripts that ask for one of them
 * @param counts how many of what it has, by the names in {@link NodeCount}
 * @param workers its worker processes; a node of an older version tells of none
 */
@Serdeable
public record NodeFacts(
    String name,
    String id,
    String url,
    double percent,
    long freeBytes,
    double load,
    double memory,
    int slots,
    int freeSlots,
    String version,
    boolean compiled,
    List<String> labels,
    Map<String, Long> counts,
    @Nullable List<NodeWorker> workers) {

  /** A node of which only that is known. */
  static NodeFacts of(MembershipRecord note) {
    return new NodeFacts(
        note.name(),
        note.id(),
        note.url(),
        0,
        0,
        0,
        0,
        0,
        0,
        "",
        false,
        List.of(),
        Map.of(),
        List.of());
  }

  /**
   * How much a node could still do, 0 to 1: the free shares of processors, memory and disk, each
   * counting in full when the others are free, and none of them when one is used up.
   */
  public double headroom() {
    return free(load) * free(memory) * free(percent);
  }

  /** Whether this is the node's name or one of its labels. */
  public boolean isCalled(String nameOrLabel) {
    return name.equals(nameOrLabel) || labels.contains(nameOrLabel);
  }

  private static double free(double usedPercent) {
    return Math.max(0, 100 - usedPercent) / 100;
  }
}
