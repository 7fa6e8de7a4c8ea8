package io.pulzar.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints what came of a command: for a person, or as JSON for a program. */
public final class Output {

  private final Terminal terminal;
  private final boolean json;

  /**
   * @param json whether a program reads it
   */
  public Output(Terminal terminal, boolean json) {
    this.terminal = terminal;
    this.json = json;
  }

  /** Whether only JSON may be printed. */
  public boolean isJson() {
    return json;
  }

  /** Prints a text as it is. */
  public void line(String text) {
    terminal.out().println(text);
  }

  void table(Table table) {
    table.print(terminal.out(), terminal.columns());
  }

  /** Prints a value on one line. */
  public void json(@Nullable Object value) {
    terminal.out().println(JsonText.of(value));
  }

  /**
   * Something was done.
   *
   * @param facts what a program wants to know of it
   */
  public void done(String sentence, Map<String, ?> facts) {
    if (json) {
      json(facts);
    } else {
      line(sentence);
    }
  }
}
