package io.pulzar.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code pulzar man DIRECTORY}. */
@Command(
    name = "man",
    description = {
      "Writes the manual pages of all commands into a directory.",
      "In /usr/local/share/man/man1 they are found by man pulzar and man pulzar-launch."
    })
public final class ManCommand implements Callable<Integer> {

  private final CommandList commands;
  private final Terminal terminal;

  @Mixin private JsonOption json = new JsonOption();

  @Parameters(paramLabel = "DIR", description = "where they go; made when it is not there")
  private Path directory = Path.of("");

  public ManCommand(CommandList commands, Terminal terminal) {
    this.commands = commands;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Map<String, String> pages = ManPages.of(commands.all());
    try {
      Files.createDirectories(directory);
      for (Map.Entry<String, String> page : pages.entrySet()) {
        Files.writeString(directory.resolve(page.getKey()), page.getValue());
      }
    } catch (IOException e) {
      throw new RefusedException(directory + " can't be written: " + e.getMessage());
    }
    json.output(terminal)
        .done(
            pages.size() + " pages are in " + directory,
            Map.of("directory", directory.toString(), "pages", pages.size()));
    return ExitStatus.DONE.code();
  }
}
