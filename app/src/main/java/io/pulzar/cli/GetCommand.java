package io.pulzar.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pulzar get /reports/july.txt -o july.txt}. */
@Command(
    name = "get",
    description = "Reads a value, to standard output or into a file. --json tells of the file.")
public final class GetCommand extends ClientCommand {

  @Parameters(paramLabel = "KEY", description = "its name: /reports/july.txt")
  private String key = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "where it goes; the file is whole or not there")
  private Optional<Path> file = Optional.empty();

  public GetCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    return ask(
        server -> {
          ValueTransfer values = new ValueTransfer(server, terminal());
          if (file.isEmpty()) {
            values.get(key, () -> new Unclosed(terminal().out()));
            if (terminal().out().checkError()) {
              throw new RefusedException("standard output can't be written");
            }
            return ExitStatus.DONE.code();
          }
          long size = into(values, file.get().toAbsolutePath());
          output()
              .done(
                  "%s is in %s: %d bytes".formatted(key, file.get(), size),
                  Map.of("key", key, "file", file.get().toString(), "size", size));
          return ExitStatus.DONE.code();
        });
  }

  private long into(ValueTransfer values, Path target) {
    Path part = target.resolveSibling("." + target.getFileName() + ".part");
    try {
      long size = values.get(key, () -> created(part));
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
      return size;
    } catch (IOException e) {
      throw new RefusedException(target + " can't be written: " + e.getMessage());
    } finally {
      discard(part);
    }
  }

  private static OutputStream created(Path part) {
    try {
      return Files.newOutputStream(part);
    } catch (IOException e) {
      throw new RefusedException(part + " can't be written");
    }
  }

  private static void discard(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      throw new RefusedException(part + " is half of a value and can't be removed");
    }
  }

  /** Standard output stays open. */
  private static final class Unclosed extends FilterOutputStream {

    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
