package io.pulzar.lmdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A directory with durable tables. Open it once; share it among any number of threads. */
public final class Database implements AutoCloseable {

  private final FileChannel owner;
  private final Environment environment;
  private final WriterThread writer;

  private Database(FileChannel owner, Environment environment, WriterThread writer) {
    this.owner = owner;
    this.environment = environment;
    this.writer = writer;
  }

  /**
   * Opens, and creates where needed, the database in {@code directory}.
   *
   * @param tables every table that will be used; others in the directory are left alone
   * @throws StorageBusyException when another process has it open
   */
  public static Database open(
      Path directory, DatabaseSettings settings, List<? extends Table<?, ?>> tables) {
    try {
      Files.createDirectories(directory);
      FileChannel owner = own(directory);
      Environment environment = new Environment(directory, settings, List.copyOf(tables));
      String name = String.valueOf(directory.getFileName());
      return new Database(owner, environment, new WriterThread(name, environment, settings));
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot open the storage in " + directory, failure);
    }
  }

  /** Runs {@code body} on the state that is committed now, on the caller's thread. */
  public <R> R read(Function<ReadTransaction, R> body) {
    return environment.read(body);
  }

  /**
   * Queues {@code body} for the writer; blocks only while the queue is at its bound.
   *
   * <p>The stage completes once the changes are on the disk, or exceptionally, with nothing
   * changed: with what the body threw, or a {@link StorageException}. It completes on the writer's
   * thread: what depends on it without an executor must be short; it may write, but not wait.
   *
   * @param body see the package's rules: short, repeatable, no effects beside the transaction
   */
  public <R> CompletionStage<R> write(Function<WriteTransaction, R> body) {
    return writer.submit(body);
  }

  /** The same, waiting for the disk. Throws what the body threw, or a {@link StorageException}. */
  public <R> R writeAndWait(Function<WriteTransaction, R> body) {
    if (writer.isCurrent()) {
      throw new IllegalStateException("the writer cannot wait for itself");
    }
    CompletableFuture<R> done = writer.submit(body);
    try {
      return done.join();
    } catch (CompletionException failed) {
      throw unwrapped(failed);
    }
  }

  public TableStatistics statistics(Table<?, ?> table) {
    return read(transaction -> transaction.statistics(table));
  }

  public WriteActivity activity() {
    return writer.activity();
  }

  /** Writes a compact copy of one consistent state; writers and readers go on meanwhile. */
  public void copyTo(Path emptyDirectory) {
    try {
      Files.createDirectories(emptyDirectory);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot create " + emptyDirectory, failure);
    }
    environment.copyTo(emptyDirectory.toFile());
  }

  /** Writes what is queued and closes; transactions under way end first. */
  @Override
  public void close() {
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
            directory.resolve("owner.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
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

  private static RuntimeException unwrapped(CompletionException failed) {
    if (failed.getCause() instanceof Error error) {
      throw error;
    }
    return failed.getCause() instanceof RuntimeException cause ? cause : failed;
  }
}
