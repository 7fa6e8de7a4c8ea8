package io.pulzar.access;

import io.micronaut.serde.annotation.Serdeable;
import io.pulzar.link.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What nodes ask the master about who sends them requests. */
final class AccessOperations {

  /** Whose token or session is it? */
  static final Operation<Question, Answer> IDENTIFY =
      Operation.of("access.identify", Question.class, Answer.class);

  /**
   * @param hash of the token's or session's text
   */
  @Serdeable
  record Question(boolean session, String hash) {}

  /**
   * @param name absent: nobody's
   * @param grants in their text form
   */
  @Serdeable
  record Answer(@Nullable String name, List<String> grants, @Nullable String csrf) {}

  private AccessOperations() {}
}
