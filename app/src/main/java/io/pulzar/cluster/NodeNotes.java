package io.pulzar.cluster;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Keeps the notes about nodes. */
interface NodeNotes {

  List<NodeNote> all();

  /** Replaces the note with that name; complete when it is kept. */
  CompletionStage<Boolean> keep(NodeNote note);

  /** For a master that needs to remember nothing. */
  NodeNotes NONE =
      new NodeNotes() {
        @Override
        public List<NodeNote> all() {
          return List.of();
        }

        @Override
        public CompletionStage<Boolean> keep(NodeNote note) {
          return CompletableFuture.completedStage(true);
        }
      };
}
