package io.pulzar.records;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What there is to see of records at the master: {@code GET /admin/records}.
 *
 * @param origin this installation's name in versions
 * @param revision of the last change
 * @param floor up to which revision deletions are forgotten
 * @param conflict_bytes what kept losers take
 */
@Serdeable
record RecordReport(
    String origin,
    long revision,
    long floor,
    long texts,
    long shared,
    long conflict_bytes,
    int watchers,
    List<Follows> nodes,
    List<Receives> receivers) {

  /**
   * A node of this cluster.
   *
   * @param state {@code current}, {@code behind} or {@code down}
   * @param heard seconds since it asked last
   */
  @Serdeable
  record Follows(String node, String state, long revision, long changes_behind, long heard) {}

  /**
   * A server of the list.
   *
   * @param state {@code current}, {@code behind}, {@code down} or {@code lost}
   * @param compared when it was compared last
   * @param mended records that comparing brought or removed
   * @param refused changes that it would not take
   */
  @Serdeable
  record Receives(
      String server,
      String state,
      long revision,
      long changes_behind,
      long seconds_behind,
      String last_error,
      @Nullable String compared,
      long mended,
      long refused) {}
}
