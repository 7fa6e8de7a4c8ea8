package io.pulzar.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pulzar put /reports/july.txt july.txt}. */
@Command(name = "put", description = "Stores a value: a file, or what standard input holds.")
public final class PutCommand extends ClientCommand {

  private static final String STANDARD_INPUT = "-";

  @Parameters(index = "0", paramLabel = "KEY", description = "its name: /reports/july.txt")
  private String key = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FILE",
      description = "what is stored; standard input for - and when there is none")
  private String file = STANDARD_INPUT;

  @Option(names = "--replace", description = "in place of a value that is there")
  private boolean replace;

  @Option(
      names = "--ttl",
      paramLabel = "7d",
      description = "how long it is kept; until it is deleted unless told")
  private Optional<String> ttl = Optional.empty();

  @Option(
      names = "--replicas",
      paramLabel = "N",
      description = "on how many nodes; as the master's settings say unless told")
  private Optional<Integer> replicas = Optional.empty();

  public PutCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    UrlText.Query query =
        new UrlText.Query()
            .with("replace", Optional.of(true).filter(any -> replace))
            .with("ttl", ttl)
            .with("replicas", replicas);
    boolean isPiped = file.equals(STANDARD_INPUT);
    long size = isPiped ? -1 : size(Path.of(file));
    Supplier<InputStream> value = isPiped ? () -> terminal().in() : () -> open(Path.of(file));
    return ask(
        server -> {
          new ValueTransfer(server, terminal()).put(key, query, size, value);
          String stored = key.startsWith("/") ? key : "/" + key;
          output().done(stored + " is stored", Map.of("key", stored, "state", "stored"));
          return ExitStatus.DONE.code();
        });
  }

  private static long size(Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw new RefusedException(file + " is a directory: name a file");
      }
      // What is not a plain file, as a pipe, does not tell how much it holds.
      return Files.isRegularFile(file) || Files.notExists(file) ? Files.size(file) : -1;
    } catch (IOException e) {
      throw new RefusedException(file + " can't be read");
    }
  }

  private static InputStream open(Path file) {
    try {
      return Files.newInputStream(file);
    } catch (IOException e) {
      throw new RefusedException(file + " can't be read");
    }
  }
}
