package io.pulzar.cli;

import java.util.List;

/** One word after {@code pulzar}. */
public interface Command {

  /** The word. */
  String name();

  /** What may follow it, for the help: {@code ID [--follow]}. */
  String synopsis();

  /** What it does, in a few words. */
  String summary();

  /**
   * Runs to the end.
   *
   * @param arguments what followed the word
   * @return the exit status
   * @throws UsageException when they can't be understood
   */
  int run(List<String> arguments);
}
