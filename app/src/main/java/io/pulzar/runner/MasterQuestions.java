package io.pulzar.runner;

import io.pulzar.http.ApiException;
import io.pulzar.link.MasterLink;
import io.pulzar.link.Operation;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the master again and again until it answers, with growing pauses, and says in the log once
 * when that begins and once when it is over.
 */
final class MasterQuestions {

  private static final Logger LOG = LoggerFactory.getLogger(MasterQuestions.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);
  private static final int SERVER_ERRORS = 500;
  private static final int TOO_MANY = 429;

  private final MasterLink master;
  private final CountDownLatch stop;
  private final AtomicBoolean failing = new AtomicBoolean();

  /**
   * @param stop ends the asking
   */
  MasterQuestions(MasterLink master, CountDownLatch stop) {
    this.master = master;
    this.stop = stop;
  }

  /**
   * Asks until there is an answer.
   *
   * @return empty when the asking was stopped
   * @throws ApiException when the master refuses for a reason that asking again does not change
   */
  <Q, A> Optional<A> ask(Operation<Q, A> operation, Q question) throws InterruptedException {
    return askEach(operation, () -> question);
  }

  /** The same with a question that is put together each time it is asked, because it may change. */
  <Q, A> Optional<A> askEach(Operation<Q, A> operation, Supplier<Q> question)
      throws InterruptedException {
    Duration pause = FIRST_PAUSE;
    while (true) {
      try {
        A answer = once(operation, question.get()).toCompletableFuture().join();
        if (failing.compareAndSet(true, false)) {
          LOG.info("the master answers again");
        }
        return Optional.of(answer);
      } catch (CompletionException failure) {
        note(operation, failure.getCause() == null ? failure : failure.getCause());
      }
      if (stop.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        return Optional.empty();
      }
      pause = pause.multipliedBy(2);
      pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }
  }

  /** Asks once. */
  <Q, A> CompletionStage<A> once(Operation<Q, A> operation, Q question) {
    return master.ask(operation, question);
  }

  private void note(Operation<?, ?> operation, Throwable cause) {
    if (cause instanceof ApiException refusal
        && refusal.status() < SERVER_ERRORS
        && refusal.status() != TOO_MANY) {
      throw refusal;
    }
    if (failing.compareAndSet(false, true)) {
      LOG.warn("{} is not answered, asking on: {}", operation.name(), String.valueOf(cause));
    }
  }
}
