package io.pulzar.jobs;

import java.util.Optional;

/**
 * What a node must have to run a job.
 *
 * @param script its path
 * @param place the name or a label of the node; empty: any will do
 * @param data whether the job has data: then {@code place} is the node with it, if there is a node
 *     of that name, and no label
 */
record PlacementConstraint(String script, Optional<String> place, boolean data) {

  static PlacementConstraint of(Submission submission) {
    return new PlacementConstraint(
        submission.path(), submission.node(), submission.data().isPresent());
  }
}
