package io.pulzar.logs;

import java.util.Map;
import java.util.Optional;
import org.slf4j.MDC;

/**
 * Says which run the lines are about that this thread logs, until it is closed: {@code job}, {@code
 * script} and {@code trace_id} in each of them.
 *
 * <pre>{@code
 * try (RunFields _ = RunFields.of(7, "example/factorial")) {
 *   LOG.warn("it goes back to the queue");
 * }
 * }</pre>
 */
public final class RunFields implements AutoCloseable {

  private static final String JOB = "job";
  private static final String SCRIPT = "script";
  private static final String TRACE = "trace_id";

  private final Map<String, String> before;

  private RunFields(Map<String, String> before) {
    this.before = before;
  }

  /** Where its script is not known. */
  public static RunFields of(long job) {
    Map<String, String> copy = MDC.getCopyOfContextMap();
    RunFields fields = new RunFields(copy == null ? Map.of() : copy);
    MDC.put(JOB, Long.toString(job));
    return fields;
  }

  /**
   * The same for a run whose script is known.
   *
   * @param script its path, without {@code .py}
   */
  public static RunFields of(long job, String script) {
    RunFields fields = of(job);
    MDC.put(SCRIPT, script);
    return fields;
  }

  /**
   * The same for a run in a trace.
   *
   * @param trace the number of its trace; empty: it has none
   */
  public static RunFields of(long job, String script, Optional<String> trace) {
    RunFields fields = of(job, script);
    trace.ifPresent(number -> MDC.put(TRACE, number));
    return fields;
  }

  @Override
  public void close() {
    MDC.setContextMap(before);
  }
}
