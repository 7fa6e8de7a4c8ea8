package io.pulzar.check;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an inspection found.
 *
 * @param values that were read
 * @param bytes of them
 * @param damaged values whose bytes are not those that were written; nothing repairs them here
 * @param spoiled copies of which that is true, while another copy is there; repaired: made again
 * @param missing values with fewer copies than wanted; repaired: copied
 * @param lost keys whose node has no value for them; repaired: the keys are gone
 * @param unlisted values that no key stands for; repaired: their keys are there again
 * @param outdated values that another one has replaced; repaired: they are gone
 * @param different keys of which the index knew something else than the node; repaired: what the
 *     node knows counts
 * @param unreadable records of the master and the nodes that are not what was written; those of
 *     keys are repaired: what the nodes tell takes their place
 * @param files on nodes that belong to no value; repaired: they are gone
 * @param unreachable nodes that did not answer, with keys that were not looked at
 * @param open copies that could not be made, for want of nodes that take them
 */
@Serdeable
record ConsistencyReport(
    boolean fixed,
    long values,
    long bytes,
    Findings damaged,
    Findings spoiled,
    Findings missing,
    Findings lost,
    Findings unlisted,
    Findings outdated,
    Findings different,
    Findings unreadable,
    long files,
    List<String> unreachable,
    long open) {

  /**
   * Findings of one kind.
   *
   * @param keys some of them
   */
  @Serdeable
  record Findings(long count, List<String> keys) {}

  boolean isClean() {
    return Stream.of(damaged, spoiled, missing, lost, unlisted, outdated, different, unreadable)
            .allMatch(findings -> findings.count() == 0)
        && files == 0
        && unreachable.isEmpty();
  }
}
