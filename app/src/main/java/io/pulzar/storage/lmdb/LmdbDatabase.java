package io.pulzar.storage.lmdb;

import io.pulzar.storage.Database;
import io.pulzar.storage.ReadTransaction;
import io.pulzar.storage.StorageBusyException;
import io.pulzar.storage.StorageEngine;
import io.pulzar.storage.Table;
import io.pulzar.storage.WriteActivity;
import io.pulzar.storage.WriteTransaction;
import io.pulzar.storage.engine.WriterThread;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A directory that LMDB keeps tables in, with one thread that writes. */
final class LmdbDatabase implements Database {

  private static final String OWNER = "owner.lock";

  private final Path directory;
  private final FileChannel owner;
  private final Environment environment;
  private final WriterThread writer;

  private LmdbDatabase(
      Path directory, FileChannel owner, Environment environment, WriterThread writer) {
    this.directory = directory;
    this.owner = owner;
    this.environment = environment;
    this.writer = writer;
  }

  static LmdbDatabase open(
      Path directory, LmdbLimits settings, List<? extends Table<?, ?>> tables) {
    try {
      Files.createDirectories(directory);
      FileChannel owner = own(directory);
      Environment environment = environment(directory, settings, List.copyOf(tables), owner);
      WriterThread writer =
          new WriterThread(
              "lmdb-writer-" + directory.getFileName(),
              environment::write,
              settings.mostWaitingWrites(),
              settings.mostWritesInGroup());
      return new LmdbDatabase(directory, owner, environment, writer);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot open the storage in " + directory, failure);
    }
  }

  private static Environment environment(
      Path directory, LmdbLimits settings, List<Table<?, ?>> tables, FileChannel owner)
      throws IOException {
    try {
      return new Environment(directory, settings, tables);
    } catch (IOException | RuntimeException refused) {
      owner.close();
      throw refused;
    }
  }

  @Override
  public <R> R read(Function<ReadTransaction, R> body) {
    return environment.read(body);
  }

  @Override
  public <R> CompletionStage<R> write(Function<WriteTransaction, R> body) {
    return writer.submit(body);
  }

  @Override
  public <R> R writeAndWait(Function<WriteTransaction, R> body) {
    return writer.submitAndWait(body);
  }

  @Override
  public Optional<String> loss() {
    return environment.loss().or(writer::loss);
  }

  @Override
  public List<String> verify() {
    return environment.verify();
  }

  @Override
  public WriteActivity activity() {
    return writer.activity();
  }

  @Override
  public void probe() {
    boolean _ = environment.read(transaction -> true);
  }

  @Override
  public StorageEngine engine() {
    return LmdbEngine.INSTANCE;
  }

  @Override
  public Path directory() {
    return directory;
  }

  static <R> R readTogether(List<LmdbDatabase> databases, Function<List<ReadTransaction>, R> body) {
    databases.forEach(database -> database.environment.makeRoom());
    Halt halt = new Halt(databases.size());
    try {
      for (LmdbDatabase database : databases) {
        database.write(transaction -> halt.arrive());
      }
      halt.awaitAll();
      return openAll(databases, new ArrayList<>(), halt, body);
    } finally {
      halt.end();
    }
  }

  private static <R> R openAll(
      List<LmdbDatabase> databases,
      List<ReadTransaction> open,
      Halt halt,
      Function<List<ReadTransaction>, R> body) {
    if (open.size() == databases.size()) {
      halt.end();
      return body.apply(List.copyOf(open));
    }
    return databases
        .get(open.size())
        .read(
            transaction -> {
              open.add(transaction);
              return openAll(databases, open, halt, body);
            });
  }

  /** Writes all tables of one that nobody has open. */
  static void dump(Path directory, OutputStream out) throws IOException {
    try (FileChannel _ = own(directory)) {
      LmdbDump.write(directory, out);
    }
  }

  static boolean isInUse(Path directory) {
    if (!Files.exists(directory.resolve(OWNER))) {
      return false;
    }
    try {
      own(directory).close();
      return false;
    } catch (StorageBusyException e) {
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look at " + directory, e);
    }
  }

  @Override
  public void close() {
    environment.endReading();
    writer.close();
    try {
      environment.close();
      owner.close();
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot close the storage", failure);
    }
  }

  /**
   * Takes the directory for this process. LMDB itself would let a second process in, and what both
   * keep in memory about the tables would diverge.
   */
  private static FileChannel own(Path directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve(OWNER), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      @Nullable FileLock lock = channel.tryLock();
      if (lock != null) {
        return channel;
      }
    } catch (OverlappingFileLockException sameProcess) {
      channel.close();
      throw busy(directory);
    }
    channel.close();
    throw busy(directory);
  }

  private static StorageBusyException busy(Path directory) {
    return new StorageBusyException(
        directory + " is in use by another server: stop it, or choose another --home");
  }
}
