package io.pulzar.jobs;

import java.time.Instant;
import java.util.Optional;

/** Where a job is in its life. */
sealed interface JobState {

  /** It waits, for its turn or until a retry is due. */
  record Pending(Instant notBefore) implements JobState {}

  /**
   * A node has it.
   *
   * @param begun a worker of the node runs it; before, it waits there for one
   * @param canceling it was canceled and the node has not confirmed yet
   */
  record Running(LeaseHolder lessee, Instant started, boolean begun, boolean canceling)
      implements JobState {}

  /**
   * It is over for good.
   *
   * @param node who ran its last attempt; empty when it never started
   * @param error why it failed, for its author
   */
  record Ended(
      End end,
      Optional<String> node,
      Optional<Instant> started,
      Instant at,
      Optional<String> error,
      Optional<RunUsage> usage)
      implements JobState {}

  /** How a job ended. */
  enum End {
    COMPLETED,
    FAILED,
    CANCELED
  }

  /** Whether its script has yet to begin. */
  default boolean waits() {
    return this instanceof Pending || (this instanceof Running held && !held.begun());
  }

  /** What clients read. */
  default String word() {
    return switch (this) {
      case Pending waiting -> "pending";
      case Running under -> under.begun() ? "running" : "pending";
      case Ended over ->
          switch (over.end()) {
            case COMPLETED -> "completed";
            case FAILED -> "failed";
            case CANCELED -> "canceled";
          };
    };
  }
}
