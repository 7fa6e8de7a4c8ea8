package io.pulzar.tracing;

/** The tracing that the settings ask for, and how it ends. */
public record TracingSwitch(Tracing tracing, Runnable ending) implements AutoCloseable {

  @Override
  public void close() {
    ending.run();
  }
}
