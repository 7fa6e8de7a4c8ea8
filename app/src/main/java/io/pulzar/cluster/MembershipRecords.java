package io.pulzar.cluster;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Keeps the notes about nodes. */
interface MembershipRecords {

  List<MembershipRecord> all();

  /** Replaces the note with that name; complete when it is kept. */
  CompletionStage<Boolean> keep(MembershipRecord note);

  /** For a master that needs to remember nothing. */
  MembershipRecords NONE =
      new MembershipRecords() {
        @Override
        public List<MembershipRecord> all() {
          return List.of();
        }

        @Override
        public CompletionStage<Boolean> keep(MembershipRecord note) {
          return CompletableFuture.completedStage(true);
        }
      };
}
