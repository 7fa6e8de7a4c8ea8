package io.pulzar.tracing;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Makes spans. Where a span stands is a text: the {@code traceparent} of the W3C's Trace Context,
 * which callers send, and which is kept with a job.
 */
public interface Tracing {

  /** Makes none. */
  Tracing NONE =
      new Tracing() {
        @Override
        public Optional<Begun> begin(String name, Origin origin, Optional<String> caller) {
          return Optional.empty();
        }

        @Override
        public boolean on() {
          return false;
        }

        @Override
        public String add(String parent, Span span) {
          return parent;
        }
      };

  /** Where what a span stands for came from. */
  enum Origin {
    /** A client asked for it. */
    REQUEST,
    /** This server does it by itself. */
    OWN
  }

  /** A span that goes on. */
  interface Begun {

    /** Where it stands, for those within it. */
    String traceparent();

    /**
     * Ends it.
     *
     * @param attributes by name: texts and whole numbers
     * @param failed whether what it stands for went wrong
     */
    void end(Map<String, Object> attributes, boolean failed);
  }

  /**
   * A span that is over.
   *
   * @param attributes by name: texts and whole numbers
   * @param error what went wrong; empty: nothing
   */
  record Span(
      String name,
      Instant from,
      Instant to,
      Map<String, Object> attributes,
      Optional<String> error) {}

  /**
   * Begins a span.
   *
   * @param caller where its caller's stands; without one, or with one that can't be read, it begins
   *     a trace
   * @return empty where nobody wants spans
   */
  Optional<Begun> begin(String name, Origin origin, Optional<String> caller);

  /** Whether anybody wants spans. */
  boolean on();

  /**
   * Adds a span below another.
   *
   * @return where it stands, for those within it
   */
  String add(String parent, Span span);

  /** The number of the trace that a span stands in: 32 hexadecimal digits. */
  static Optional<String> traceOf(String traceparent) {
    String[] parts = traceparent.split("-", -1);
    return parts.length >= 4 && parts[1].matches("[0-9a-f]{32}")
        ? Optional.of(parts[1])
        : Optional.empty();
  }
}
