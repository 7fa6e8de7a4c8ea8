package io.pulzar.backup;

import io.pulzar.cli.ChosenSettings;
import io.pulzar.cli.CommandContext;
import io.pulzar.cli.ExitStatus;
import io.pulzar.cli.Progress;
import io.pulzar.cli.RefusedException;
import io.pulzar.cli.UsageException;
import io.pulzar.polyglot.LeftBehind;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import io.pulzar.storage.StorageEngine;
import io.pulzar.storage.StorageException;
import io.pulzar.storage.StorageSettings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pulzar migrate --to URL}: what a master keeps, from its home to PostgreSQL or back. */
@Command(
    name = "migrate",
    description = {
      "Moves what the master keeps to PostgreSQL, or back into the home, and compares.",
      "The server must be stopped. What is moved stays where it was; then change pulzar.storage."
    })
public final class MigrateCommand implements Callable<Integer> {

  private static final String HOME = "home";

  private final CommandContext context;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "URL|home",
      description =
          "jdbc:postgresql://HOST/DATABASE, with pulzar.storage.user and its password; or home")
  private String to = "";

  @Mixin private ChosenSettings settings = new ChosenSettings();

  public MigrateCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Map<String, String> typed = settings.typed();
    Settings from = context.chosen().apply(typed);
    Map<String, String> there = new HashMap<>(typed);
    there.put(StorageSettings.URL.name(), to.equals(HOME) ? "" : to);
    Settings target = context.chosen().apply(there);
    if (from.get(StorageSettings.URL).equals(target.get(StorageSettings.URL))) {
      throw new UsageException("the master keeps it there already, says pulzar.storage");
    }
    Path directory = BackupSourceRegistration.masterDirectory(from);
    try (StorageEngine source = StorageEngine.ofMaster(from);
        StorageEngine engine = StorageEngine.ofMaster(target)) {
      tell(run(new Migration(source, engine, directory), from.get(ServerSettings.HOME)));
      return ExitStatus.DONE.code();
    } catch (StorageException refused) {
      throw new RefusedException(String.valueOf(refused.getMessage()));
    } catch (IOException e) {
      throw new RefusedException("it can't be moved: " + e.getMessage());
    }
  }

  private Migration.Result run(Migration migration, Path home) throws IOException {
    Path lock = Files.createDirectories(home).resolve("master.lock");
    try (FileChannel channel =
        FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      if (!isFree(channel)) {
        throw new RefusedException("a server is running on " + home + ": stop it first");
      }
      Path scratch = Files.createTempDirectory(home, "migrating-");
      try (Progress _ = Progress.start(context.terminal(), "migrate")) {
        return migration.run(scratch, InstantSource.system().instant());
      } finally {
        LeftBehind.remove(scratch);
      }
    }
  }

  private static boolean isFree(FileChannel lock) throws IOException {
    try {
      return lock.tryLock() != null;
    } catch (OverlappingFileLockException sameProcess) {
      return false;
    }
  }

  private void tell(Migration.Result result) {
    result
        .databases()
        .forEach(
            (name, records) ->
                context.terminal().out().printf("%-10s %,12d records%n", name, records));
    context
        .terminal()
        .out()
        .printf(
            "All of it is the same there. Set pulzar.storage=%s and start the server.%n",
            Optional.of(to).filter(place -> !place.equals(HOME)).orElse(""));
  }
}
