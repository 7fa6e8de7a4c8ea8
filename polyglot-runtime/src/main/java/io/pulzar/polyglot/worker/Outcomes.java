package io.pulzar.polyglot.worker;

import io.pulzar.polyglot.Outcome;
import java.time.Duration;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;

/** Tells what an exception that came out of a context means for the run. */
record Outcomes(RunSession session, Value entry) {

  private static final int LONGEST_MESSAGE = 10_000;

  static Outcome completed(String value) {
    return value.length() <= RunSession.LONGEST_TEXT
        ? new Outcome.Completed(value)
        : new Outcome.Raised(
            "OverflowError",
            "the result has "
                + value.length()
                + " bytes of JSON; up to 16 MiB can be returned,"
                + " store more as a file",
            "");
  }

  /** For what cannot happen: the context could not even be built. */
  static Interpreter.Ran broken(RuntimeException failure) {
    return new Interpreter.Ran(
        new Outcome.Crashed("the Python context could not be built: " + failure),
        "it is broken",
        false,
        0,
        0);
  }

  Outcome of(RuntimeException failure) {
    StopReason stopped = session.stopped();
    if (stopped != null) {
      return switch (stopped) {
        case TIME_LIMIT -> new Outcome.TimedOut(Duration.ofMillis(session.start().timeoutMillis()));
        case OUTPUT_LIMIT -> new Outcome.OutputLimit(session.start().outputBytes());
        case CANCEL -> new Outcome.Canceled();
      };
    }
    return failure instanceof PolyglotException exception
        ? ofPolyglot(exception)
        : new Outcome.Crashed("the Python context broke: " + failure);
  }

  private Outcome ofPolyglot(PolyglotException failure) {
    if (failure.isExit()) {
      return new Outcome.Raised(
          "SystemExit", "the script ended itself with status " + failure.getExitStatus(), "");
    }
    Value error = failure.getGuestObject();
    if (failure.isResourceExhausted() && error == null) {
      return new Outcome.OutOfMemory(Runtime.getRuntime().maxMemory());
    }
    if (error == null) {
      return new Outcome.Crashed("the Python runtime failed: " + failure.getMessage());
    }
    return described(failure, error);
  }

  private Outcome described(PolyglotException failure, Value error) {
    try {
      Value description = entry.invokeMember("describe", error);
      String type = description.getArrayElement(0).asString();
      if (type.equals("MemoryError")) {
        return new Outcome.OutOfMemory(Runtime.getRuntime().maxMemory());
      }
      return new Outcome.Raised(
          type,
          description.getArrayElement(1).asString(),
          description.getArrayElement(2).asString());
    } catch (PolyglotException | IllegalStateException e) {
      // The description itself failed or ran into the time limit. What was raised is known anyway.
      String message = String.valueOf(failure.getMessage());
      message = message.substring(0, Math.min(message.length(), LONGEST_MESSAGE));
      int colon = message.indexOf(": ");
      return colon < 0
          ? new Outcome.Raised(message, "", "")
          : new Outcome.Raised(message.substring(0, colon), message.substring(colon + 2), "");
    }
  }
}
