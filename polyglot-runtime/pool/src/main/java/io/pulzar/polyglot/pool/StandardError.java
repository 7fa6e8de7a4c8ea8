package io.pulzar.polyglot.pool;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drains what a worker process writes to its standard error into the log. A script cannot write
 * there, so it is the JVM or native code that speaks; a flood is cut off but still drained, so that
 * the process does not block.
 */
final class StandardError {

  private static final Logger LOG = LoggerFactory.getLogger(StandardError.class);

  private static final int MAX_LINES = 200;
  private static final int MAX_LINE_CHARACTERS = 2000;

  private final Process process;
  private final SeenErrors complaints;

  private StandardError(Process process, SeenErrors complaints) {
    this.process = process;
    this.complaints = complaints;
  }

  /** Logs what the process writes until it ends, on a thread of its own. */
  static void drain(Process process, SeenErrors complaints) {
    StandardError stream = new StandardError(process, complaints);
    Thread.ofPlatform().daemon().name("python-worker-stderr-" + process.pid()).start(stream::drain);
  }

  private void drain() {
    int lines = 0;
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      StringBuilder line = new StringBuilder();
      for (int c = reader.read(); c >= 0; c = reader.read()) {
        if (c != '\n') {
          if (line.length() < MAX_LINE_CHARACTERS) {
            line.append((char) c);
          }
        } else {
          lines++;
          log(line.toString(), lines);
          line.setLength(0);
        }
      }
      log(line.toString(), lines + 1);
    } catch (IOException e) {
      LOG.debug("the standard error of worker {} ended: {}", process.pid(), e.getMessage());
    }
  }

  private void log(String line, int number) {
    if (line.isBlank()) {
      return;
    }
    String complaint = line.strip();
    if (!complaints.isNew(complaint)) {
      LOG.debug("worker {} too: {}", process.pid(), complaint);
    } else if (number <= MAX_LINES) {
      LOG.warn("worker {}: {}", process.pid(), complaint);
    } else if (number == MAX_LINES + 1) {
      LOG.warn("worker {} wrote {} lines; the rest is not logged", process.pid(), MAX_LINES);
    }
  }
}
