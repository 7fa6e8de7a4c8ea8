package io.pulzar.link;

import java.util.concurrent.CompletionStage;

/** Carries questions to one other server. */
public interface Link {

  /**
   * Asks the other side.
   *
   * @return the answer; or, exceptionally, the {@link io.pulzar.http.ApiException} that the other
   *     side threw, or a {@link LinkDownException} when no answer came: then the question may or
   *     may not have had its effect, and whoever repeats it makes sure that twice does no harm
   */
  <Q, A> CompletionStage<A> ask(Operation<Q, A> operation, Q question);
}
