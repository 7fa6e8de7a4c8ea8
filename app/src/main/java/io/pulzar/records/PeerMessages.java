package io.pulzar.records;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.Map;

/** What installations say to each other. */
final class PeerMessages {

  static final String PATH = "/records/";

  /** On questions that another installation asks for a client: they go no further. */
  static final String ASKED = "X-Pulzar-Asked";

  /** Who somebody is. */
  @Serdeable
  record Identity(String origin, Map<String, Long> hashes) {}

  /**
   * A part of the sender's log.
   *
   * @param origin the sender
   * @param forward whether the receiver passes it on
   * @param until the clock up to which the receiver then has all that the sender itself wrote; 0
   *     when more follows
   */
  @Serdeable
  record Changes(String origin, boolean forward, long until, List<Row> rows) {}

  @Serdeable
  record Taken(int news) {}

  /**
   * A record that the sender has.
   *
   * @param forward whether it gives it to others
   */
  @Serdeable
  record Mark(Kind kind, String name, Version version, boolean deleted, boolean forward) {}

  /**
   * All that the sender has in some ranges.
   *
   * @param complete for each origin the clock up to which the sender has had all of its writes:
   *     what it has not, is deleted
   */
  @Serdeable
  record Comparison(List<Integer> ranges, List<Mark> marks, Map<String, Long> complete) {}

  /**
   * What came of it.
   *
   * @param wanted what the receiver has not, or older
   * @param removed what it had, and the sender knows to be deleted
   */
  @Serdeable
  record Compared(List<Wanted> wanted, int removed) {}

  @Serdeable
  record Wanted(Kind kind, String name) {
    RecordKey key() {
      return new RecordKey(kind, name);
    }
  }

  private PeerMessages() {}
}
