package io.pulzar.jobs;

import java.util.Optional;

/**
 * What a node must have to run a job.
 *
 * @param script its path
 * @param place the name or a label of the node; empty: any will do
 * @param data whether {@code place} is where the job's data is, and so a name and no label
 */
record PlacementConstraint(String script, Optional<String> place, boolean data) {

  static PlacementConstraint of(Submission submission) {
    return new PlacementConstraint(
        submission.path(), submission.node(), submission.data().isPresent());
  }
}
