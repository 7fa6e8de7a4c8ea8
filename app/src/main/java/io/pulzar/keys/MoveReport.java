package io.pulzar.keys;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.stream.Stream;

/**
 * How far a move of values is.
 *
 * @param state none, moving, waiting, ended or stopped
 * @param to bucket or disks
 * @param node whose values are moved; empty: all
 * @param moved since it began, or since the leader's start
 * @param left to be moved, as counted when the last pass began, less what it has done; in the end
 *     those that can't be
 * @param stuck those that can't be moved, because their bytes are damaged or gone
 * @param waits why it can't go on at the moment; empty: it can
 */
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
record MoveReport(
    String state,
    String to,
    String node,
    Amount moved,
    Amount left,
    Stuck stuck,
    @JsonProperty("waits_for") String waits) {

  /** Values and their bytes. */
  @Serdeable
  record Amount(long values, long bytes) {

    static final Amount NONE = new Amount(0, 0);

    Amount plus(long more, long moreBytes) {
      return new Amount(values + more, bytes + moreBytes);
    }

    Amount minus(long size) {
      return new Amount(Math.max(0, values - 1), Math.max(0, bytes - size));
    }
  }

  /**
   * Values that can't be moved.
   *
   * @param keys some of them
   */
  @Serdeable
  record Stuck(long count, List<String> keys) {

    static final Stuck NONE = new Stuck(0, List.of());
    private static final int MOST_KEYS = 20;

    Stuck plus(String key) {
      return new Stuck(
          count + 1,
          keys.size() < MOST_KEYS ? Stream.concat(keys.stream(), Stream.of(key)).toList() : keys);
    }
  }
}
