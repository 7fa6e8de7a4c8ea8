package io.pulzar.link;

import io.micronaut.core.type.Argument;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * A question that one side of the link can ask the other.
 *
 * @param name for example {@code jobs.poll}; also the last part of its path over HTTP
 * @param question a {@code @Serdeable} type
 * @param answer a {@code @Serdeable} type
 * @param patience after which an unanswered question fails; longer than any waiting the handler
 *     does on purpose
 * @param refusalsLogged whether a server that refuses it says so in its log; for what a server asks
 *     first, since its operator looks there when it cannot join
 */
public record Operation<Q, A>(
    String name,
    Argument<Q> question,
    Argument<A> answer,
    Duration patience,
    boolean refusalsLogged) {

  private static final Pattern NAME = Pattern.compile("[a-z]+(\\.[a-z_]+)*");

  public Operation {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("an operation is named like jobs.poll, got " + name);
    }
  }

  /** An operation that is answered without waiting. */
  public static <Q, A> Operation<Q, A> of(String name, Class<Q> question, Class<A> answer) {
    return new Operation<>(
        name, Argument.of(question), Argument.of(answer), Duration.ofSeconds(10), false);
  }

  /** The same, with another patience. */
  public Operation<Q, A> patient(Duration longer) {
    return new Operation<>(name, question, answer, longer, refusalsLogged);
  }

  /** The same, with its refusals in the log. */
  public Operation<Q, A> withRefusalsLogged() {
    return new Operation<>(name, question, answer, patience, true);
  }
}
