package io.pulzar.link;

import java.util.concurrent.CompletionStage;

/** Answers one operation. */
@FunctionalInterface
public interface OperationHandler<Q, A> {

  /**
   * Answers a question.
   *
   * @return the answer, at once or later; a failure should be an {@link
   *     io.pulzar.http.ApiException}, anything else reaches the asking side without details. It may
   *     also be thrown
   */
  CompletionStage<A> answer(Q question);
}
