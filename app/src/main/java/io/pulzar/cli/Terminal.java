package io.pulzar.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where a command is typed: what it reads, where it prints, and whether somebody looks.
 *
 * @param columns how wide the window is that {@code out} goes to; empty when that is a file or a
 *     pipe
 * @param isWatched whether {@code err} goes to a window, so that progress is shown there
 * @param environment the variables of the process
 * @param typist asks a person without showing what is typed; empty where nobody sits
 */
public record Terminal(
    InputStream in,
    PrintStream out,
    PrintStream err,
    OptionalInt columns,
    boolean isWatched,
    Map<String, String> environment,
    Function<String, Optional<String>> typist) {

  /** The launcher tells by these, since a shell learns it for less than a JVM does. */
  private static final String COLUMNS = "console.columns";

  private static final String WATCHED = "console.watched";
  private static final int USUAL_COLUMNS = 80;
  private static final int FEWEST_COLUMNS = 20;

  /** That of this process. */
  public static Terminal ofThisProcess() {
    String columns = System.getProperty(COLUMNS);
    return new Terminal(
        System.in,
        System.out,
        System.err,
        columns == null ? ofConsole() : width(columns),
        columns == null ? isConsole() : System.getProperty(WATCHED) != null,
        System.getenv(),
        Terminal::askUnseen);
  }

  /** Where nobody looks: a pipe, a file, a timer. */
  public static Terminal unwatched(InputStream in, PrintStream out, PrintStream err) {
    return new Terminal(
        in, out, err, OptionalInt.empty(), false, Map.of(), prompt -> Optional.empty());
  }

  /**
   * @param text empty when there is no window
   */
  private static OptionalInt width(String text) {
    if (text.isBlank()) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(
        text.matches("\\d{1,5}") && Integer.parseInt(text) >= FEWEST_COLUMNS
            ? Integer.parseInt(text)
            : USUAL_COLUMNS);
  }

  private static OptionalInt ofConsole() {
    return isConsole()
        ? width(Optional.ofNullable(System.getenv("COLUMNS")).orElse("" + USUAL_COLUMNS))
        : OptionalInt.empty();
  }

  private static Optional<Console> console() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal);
  }

  private static boolean isConsole() {
    return console().isPresent();
  }

  private static Optional<String> askUnseen(String prompt) {
    return console().map(console -> console.readPassword("%s", prompt)).map(String::new);
  }

  /** The first line of what comes in; null when there is none. */
  @Nullable String line() {
    try {
      return new BufferedReader(reader()).readLine();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** All that comes in, as text. */
  String text() {
    try {
      return reader().readAllAsString();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private Reader reader() {
    return new InputStreamReader(in, Charset.defaultCharset());
  }

  private static RefusedException unreadable(IOException cause) {
    return new RefusedException("standard input can't be read: " + cause.getMessage());
  }
}
