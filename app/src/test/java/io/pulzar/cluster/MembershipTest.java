package io.pulzar.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.health.HealthCheck.State;
import io.pulzar.http.ApiException;
import io.pulzar.link.LinkDownException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class MembershipTest {

  private static final Duration INTERVAL = Duration.ofSeconds(2);
  private static final Duration LONG = Duration.ofMinutes(1);
  private final ApiException taken = ApiException.conflict("node_name_taken", "taken");
  private final LinkDownException down =
      new LinkDownException("no answer", new IllegalStateException());

  private final Membership membership = new Membership(INTERVAL);

  @Test
  void questionsWaitUntilTheNodeIsLetIn() {
    CompletableFuture<Void> question = membership.joined(LONG).toCompletableFuture();
    assertThat(question).isNotDone();
    membership.welcomed(membership.next(), "one");
    assertThat(question).isCompleted();
    assertThat(membership.joined(LONG).toCompletableFuture()).isCompleted();
    assertThat(membership.check().state()).isEqualTo(State.UP);
  }

  @Test
  void aQuestionThatWaitedTooLongTellsWhyTheNodeIsNotIn() {
    membership.failed(membership.next(), taken);
    assertThatThrownBy(() -> membership.joined(Duration.ofMillis(1)).toCompletableFuture().join())
        .hasCauseInstanceOf(LinkDownException.class)
        .hasMessageContaining("taken");
  }

  @Test
  void aRefusedNodeAsksMoreAndMoreRarely() {
    assertThat(membership.pause()).isEqualTo(INTERVAL);
    Duration before = Duration.ZERO;
    for (int n = 0; n < 4; n++) {
      membership.failed(membership.next(), new CompletionException(taken));
      assertThat(membership.pause()).isGreaterThan(before);
      before = membership.pause();
    }
    for (int n = 0; n < 100; n++) {
      membership.failed(membership.next(), taken);
    }
    assertThat(membership.pause()).isEqualTo(Duration.ofSeconds(30));
    membership.welcomed(membership.next(), "one");
    assertThat(membership.pause()).isEqualTo(INTERVAL);
  }

  @Test
  void aRefusedNodeIsOutAgain() {
    membership.welcomed(membership.next(), "one");
    membership.failed(membership.next(), taken);
    assertThat(membership.joined(LONG).toCompletableFuture()).isNotDone();
    assertThat(membership.check().detail()).isEqualTo("taken");
  }

  @Test
  void aNodeThatGetsNoAnswerStaysInAndAsksMoreOften() {
    membership.welcomed(membership.next(), "one");
    membership.failed(membership.next(), down);
    assertThat(membership.joined(LONG).toCompletableFuture()).isCompleted();
    assertThat(membership.pause()).isLessThan(INTERVAL);
    assertThat(membership.check().state()).isEqualTo(State.STARTING);
  }

  @Test
  void aMasterThatFailsDoesNotRefuse() {
    membership.welcomed(membership.next(), "one");
    membership.failed(membership.next(), new ApiException(500, "internal_error", "x", null, null));
    assertThat(membership.joined(LONG).toCompletableFuture()).isCompleted();
  }

  @Test
  void anAnswerThatIsLateCountsForNothing() {
    long old = membership.next();
    long newer = membership.next();
    membership.welcomed(newer, "one");
    membership.failed(old, down);
    assertThat(membership.check().state()).isEqualTo(State.UP);
  }
}
