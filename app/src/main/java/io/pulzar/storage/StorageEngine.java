package io.pulzar.storage;

import io.pulzar.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;

/**
 * What keeps databases. An engine is found as a {@link ServiceLoader} provider, so that no feature
 * names one; {@code DatabaseContract} and {@code TableContract} say, as tests, what each must do.
 */
public interface StorageEngine extends AutoCloseable {

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

  /**
   * The engine that keeps what the master keeps, as the settings say; to be closed after its
   * databases. What is a node's own is kept by {@link #local}.
   *
   * @throws io.pulzar.settings.BadSettingException when they name none
   */
  static StorageEngine ofMaster(Settings settings) {
    return StorageSettings.engine(settings);
  }

  /**
   * Reads several databases, of whichever engines. Those of one engine are in the state of one
   * moment; those of the engine whose database comes first were looked at first.
   *
   * @param body gets one transaction for each, in their order; it may take long
   */
  static <R> R readAll(List<Database> databases, Function<List<ReadTransaction>, R> body) {
    Map<StorageEngine, List<Database>> byEngine = new LinkedHashMap<>();
    databases.forEach(
        database ->
            byEngine.computeIfAbsent(database.engine(), engine -> new ArrayList<>()).add(database));
    return StorageEngines.readAll(
        List.copyOf(byEngine.entrySet()),
        new LinkedHashMap<>(),
        views -> body.apply(databases.stream().map(views::get).toList()));
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
   * @param restored now; see {@link WriteTransaction#afterRestore}. The same moment as {@code made}
   *     where nothing can have happened in between, because the database only moves
   * @throws IOException when the stream ends early, is no dump, or the disk is full
   */
  void load(InputStream source, Path emptyDirectory, Instant made, Instant restored)
      throws IOException;

  /** The databases that are below {@code directory}, by the folders with which to open them. */
  List<Path> databases(Path directory);

  /**
   * Writes every table of a database that nobody has open, also those of which no feature knows any
   * more, in the form that {@link #load} reads.
   *
   * @throws StorageBusyException when somebody has it open
   * @throws IOException when the stream can't be written
   */
  void dump(Path directory, OutputStream out) throws IOException;

  /**
   * Tries whether it can be reached, without touching what it keeps.
   *
   * @return what it is and where, for people
   * @throws StorageException with the reason when it can't
   */
  default String probe() {
    return name();
  }

  /** How several masters agree that one of them works; empty: only one can be here at all. */
  default Optional<MasterElection> election() {
    return Optional.empty();
  }

  /** Ends what the engine itself holds, once its databases are closed. */
  @Override
  default void close() {}
}
