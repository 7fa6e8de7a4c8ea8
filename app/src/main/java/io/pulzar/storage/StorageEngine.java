package io.pulzar.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Function;

/**
 * What keeps databases. An engine is found as a {@link ServiceLoader} provider, so that no feature
 * names one; {@code DatabaseContract} and {@code TableContract} say, as tests, what each must do.
 */
public interface StorageEngine {

  /**
   * The engine that keeps data on this machine.
   *
   * @throws IllegalStateException when none is on the class path
   */
  static StorageEngine local() {
    return ServiceLoader.load(StorageEngine.class, StorageEngine.class.getClassLoader())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no storage engine is on the class path"));
  }

  /** Its name for people: {@code LMDB}. */
  String name();

  /**
   * Opens, and creates where needed, the database in {@code directory}.
   *
   * @param tables every table that will be used; others in the directory are left alone
   * @throws StorageBusyException when another process has it open
   * @throws StorageDamagedException when what it keeps is cut off, empty or damaged
   * @throws StorageVersionException when a newer program wrote it
   */
  Database open(Path directory, List<? extends Table<?, ?>> tables);

  /** Whether a process has the database in {@code directory} open, or this one has. */
  boolean isInUse(Path directory);

  /**
   * Reads several of its databases in the state of one moment: nothing is committed to any of them
   * between the first and the last view. They write on while {@code body} runs.
   *
   * @param body gets one transaction for each, in their order; it may take long
   * @throws StorageException when their writers can't be brought to a halt together
   */
  <R> R readTogether(List<Database> databases, Function<List<ReadTransaction>, R> body);

  /**
   * Makes a database of what {@link ReadTransaction#dumpTo} wrote; it is durable when this returns.
   *
   * @param emptyDirectory created when it is not there
   * @param made when the dump was written
   * @param restored now; see {@link WriteTransaction#afterRestore}
   * @throws IOException when the stream ends early, is no dump, or the disk is full
   */
  void load(InputStream source, Path emptyDirectory, Instant made, Instant restored)
      throws IOException;
}
