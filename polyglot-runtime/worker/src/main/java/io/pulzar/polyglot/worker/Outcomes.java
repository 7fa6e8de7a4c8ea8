package io.pulzar.polyglot.worker;

import io.pulzar.polyglot.Outcome;
import java.time.Duration;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;

/** Tells what an exception that came out of a context means for the run. */
record Outcomes(RunSession session, Value entry, HostPaths paths) {

  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_MESSAGE = 10_000;
  private static final int LONGEST_TRACEBACK = 500_000;

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

  /** The heap was used up where no exception of Python could tell of it. */
  static Interpreter.Ran full(RunSession session) {
    return new Interpreter.Ran(
        new Outcome.OutOfMemory(session.start().memoryBytes()),
        "its memory was used up",
        false,
        0,
        0);
  }

  private Outcome outOfMemory() {
    return new Outcome.OutOfMemory(session.start().memoryBytes());
  }

  Outcome of(RuntimeException failure) {
    StopReason stopped = session.stopped();
    if (stopped != null) {
      return of(stopped);
    }
    return failure instanceof PolyglotException exception
        ? ofPolyglot(exception)
        : new Outcome.Crashed("the Python context broke: " + failure);
  }

  Outcome of(StopReason stopped) {
    return switch (stopped) {
      case TIME_LIMIT -> new Outcome.TimedOut(Duration.ofMillis(session.start().timeoutMillis()));
      case OUTPUT_LIMIT -> new Outcome.OutputLimit(session.start().outputBytes());
      case CANCEL -> new Outcome.Canceled();
      case MEMORY_LIMIT -> outOfMemory();
      case SCRATCH_LIMIT ->
          new Outcome.Raised(
              "OSError",
              "[Errno 28] No space left on device: more than %d MiB in the run's directory (pulzar.workers.scratch)"
                  .formatted(session.start().scratchBytes() >> 20),
              "");
    };
  }

  private Outcome ofPolyglot(PolyglotException failure) {
    if (failure.isExit()) {
      return new Outcome.Raised(
          "SystemExit", "the script ended itself with status " + failure.getExitStatus(), "");
    }
    Value error = failure.getGuestObject();
    if (failure.isResourceExhausted() && error == null) {
      return outOfMemory();
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
        return outOfMemory();
      }
      return new Outcome.Raised(
          cut(type, LONGEST_NAME),
          cut(paths.hide(description.getArrayElement(1).asString()), LONGEST_MESSAGE + 100),
          cut(paths.hide(description.getArrayElement(2).asString()), LONGEST_TRACEBACK));
    } catch (PolyglotException | IllegalStateException e) {
      // The description itself failed or ran into the time limit. What was raised is known anyway.
      String message = cut(paths.hide(String.valueOf(failure.getMessage())), LONGEST_MESSAGE);
      int colon = message.indexOf(": ");
      return colon < 0
          ? new Outcome.Raised(cut(message, LONGEST_NAME), "", "")
          : new Outcome.Raised(
              cut(message.substring(0, colon), LONGEST_NAME), message.substring(colon + 2), "");
    }
  }

  /** Python cuts them too, but Python is the script's. */
  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length);
  }
}
