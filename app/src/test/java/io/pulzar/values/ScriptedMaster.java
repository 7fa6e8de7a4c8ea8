package io.pulzar.values;

import io.pulzar.keys.KeyOperations.Count;
import io.pulzar.keys.KeyOperations.Holdings;
import io.pulzar.keys.KeyOperations.Identification;
import io.pulzar.keys.KeyOperations.Outcome;
import io.pulzar.keys.KeyOperations.Recorded;
import io.pulzar.keys.KeyOperations.Registration;
import io.pulzar.keys.KeyOperations.Settlement;
import io.pulzar.keys.KeyOperations.Versions;
import io.pulzar.keys.ValueVersion;
import io.pulzar.link.LinkDownException;
import io.pulzar.link.MasterLink;
import io.pulzar.link.Operation;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A master that does what a test tells it to: answers, refuses, or loses questions or answers. */
final class ScriptedMaster implements MasterLink {

  /** How the line to it is. */
  enum Line {
    WORKS,
    LOSES_QUESTIONS,
    LOSES_ANSWERS
  }

  /** The version that each key stands for. */
  final Map<String, Long> recorded = new HashMap<>();

  /** All about what was recorded, by key. */
  final Map<String, Registration> known = new HashMap<>();

  Line line = Line.WORKS;

  @Override
  public synchronized <Q, A> CompletionStage<A> ask(Operation<Q, A> operation, Q question) {
    if (line == Line.LOSES_QUESTIONS) {
      return down();
    }
    // The operations fix the types of question and answer.
    @SuppressWarnings("unchecked")
    A answer = (A) answer(question);
    return line == Line.LOSES_ANSWERS ? down() : CompletableFuture.completedStage(answer);
  }

  private Object answer(Object question) {
    return switch (question) {
      case Registration value -> record(value);
      case Settlement settlement -> settle(settlement);
      case Holdings holdings -> adopt(holdings);
      case Identification numbers -> identify(numbers);
      default -> throw new AssertionError("a node does not ask " + question);
    };
  }

  private Recorded record(Registration value) {
    Long old = recorded.get(value.key());
    if (old != null && !value.replace()) {
      return new Recorded(Outcome.EXISTS, null, 0);
    }
    recorded.put(value.key(), value.id());
    known.put(value.key(), value);
    return new Recorded(Outcome.RECORDED, old == null ? null : value.node(), old == null ? 0 : old);
  }

  private Holdings identify(Identification question) {
    return new Holdings(
        known.values().stream().filter(value -> question.ids().contains(value.id())).toList());
  }

  private Count adopt(Holdings holdings) {
    return new Count(
        (int)
            holdings.values().stream()
                .filter(value -> recorded.putIfAbsent(value.key(), value.id()) == null)
                .count());
  }

  private Versions settle(Settlement settlement) {
    List<ValueVersion> current =
        settlement.versions().stream()
            .filter(version -> Long.valueOf(version.id()).equals(recorded.get(version.key())))
            .toList();
    if (settlement.adopt()) {
      return new Versions(current);
    }
    current.forEach(version -> recorded.remove(version.key()));
    return new Versions(List.of());
  }

  private static <A> CompletionStage<A> down() {
    return CompletableFuture.failedStage(
        new LinkDownException("on purpose", new IOException("on purpose")));
  }
}
