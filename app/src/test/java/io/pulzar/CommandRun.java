package io.pulzar;

import io.pulzar.cli.CommandContext;
import io.pulzar.cli.Terminal;
import io.pulzar.settings.Settings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** Types commands as a person or a program does, in this JVM; without more, into a pipe. */
public final class CommandRun {

  private final Function<Map<String, String>, Settings> settings;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Map<String, String> environment =
      new HashMap<>(Map.of("XDG_CONFIG_HOME", "/nonexistent"));
  private InputStream in = InputStream.nullInputStream();
  private OptionalInt columns = OptionalInt.empty();
  private Optional<String> typed = Optional.empty();

  /**
   * @param settings those of a server that would be started here, with what was typed
   */
  public CommandRun(Function<Map<String, String>, Settings> settings) {
    this.settings = settings;
  }

  /** With these settings, whatever is typed. */
  public static CommandRun with(Settings settings) {
    return new CommandRun(typed -> settings);
  }

  /** In a window of so many columns. */
  public CommandRun inWindow(int width) {
    columns = OptionalInt.of(width);
    return this;
  }

  public CommandRun in(String text) {
    in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  public CommandRun environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Somebody sits there and types this where nothing is shown. */
  public CommandRun typing(String text) {
    typed = Optional.of(text);
    return this;
  }

  /** Runs one to its end; its exit status. */
  public int run(String... words) {
    out.reset();
    err.reset();
    Terminal terminal =
        new Terminal(
            in,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            columns,
            columns.isPresent(),
            environment,
            prompt -> typed);
    return Pulzar.run(List.of(words), new CommandContext(terminal, settings));
  }

  /** What the last one printed. */
  public String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  /** What it said on standard error. */
  public String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** Both. */
  public String said() {
    return out() + err();
  }
}
