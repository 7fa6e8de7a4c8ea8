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

  /** What may the runs of this script do? */
  static final Operation<ScriptQuestion, ScriptAnswer> SCRIPT =
      Operation.of("access.script", ScriptQuestion.class, ScriptAnswer.class);

  /** A run was refused something: put it into the audit log. */
  static final Operation<Refusal, Noted> REFUSED =
      Operation.of("access.refused", Refusal.class, Noted.class);

  @Serdeable
  record ScriptQuestion(String script) {}

  /**
   * @param grants in their text form
   */
  @Serdeable
  record ScriptAnswer(String name, List<String> grants) {}

  /**
   * @param who the name of the run's identity
   * @param run as {@code job 7}
   * @param what the right and for what
   */
  @Serdeable
  record Refusal(String who, String run, String what) {}

  @Serdeable
  record Noted(boolean done) {}

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
