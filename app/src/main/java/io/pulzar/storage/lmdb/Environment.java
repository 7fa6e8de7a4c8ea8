package io.pulzar.storage.lmdb;

import io.pulzar.storage.KeyForm;
import io.pulzar.storage.Range;
import io.pulzar.storage.ReadTransaction;
import io.pulzar.storage.StorageClosedException;
import io.pulzar.storage.StorageException;
import io.pulzar.storage.StorageFullException;
import io.pulzar.storage.StorageLostException;
import io.pulzar.storage.Table;
import io.pulzar.storage.engine.About;
import io.pulzar.storage.engine.UnreadableRecords;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.LmdbException;
import org.lmdbjava.LmdbNativeException;
import org.lmdbjava.Txn;

/**
 * One LMDB environment: opens it, runs read transactions for anyone and write transactions for the
 * one writer thread, and lets its map grow.
 *
 * <p>The map may only change while no transaction is open, and a closed environment must not be
 * touched at all (native code would crash the process): {@link #mapLock} is held shared by every
 * transaction and exclusively by growing and closing.
 */
final class Environment implements AutoCloseable {

  private static final int NO_SPACE = 28;
  private static final int FILE_TOO_LARGE = 27;
  private static final int QUOTA_EXCEEDED = 122;
  private static final int INPUT_OUTPUT = 5;
  private static final int NO_DEVICE = 19;
  private static final int READ_ONLY = 30;

  /** LMDB's own numbers. */
  private static final int PAGE_NOT_FOUND = -30797;

  private static final int CORRUPTED = -30796;
  private static final int PANIC = -30795;

  /** Address space, not memory, that is to be free before something reads for long. */
  private static final long ROOM = 1L << 30;

  /** A read transaction that is reset between uses, with the buffer for its keys. */
  private record Reader(Txn<ByteBuffer> txn, ByteBuffer keyBuffer) {}

  private final Path directory;
  private final LmdbLimits settings;
  private final List<Table<?, ?>> tables;
  private final Env<ByteBuffer> env;
  private final FileLengthening file;
  private final Map<String, Dbi<ByteBuffer>> trees = new HashMap<>();
  private final ReadWriteLock mapLock = new ReentrantReadWriteLock();
  private final Semaphore readerSlots;
  private final Queue<Reader> idleReaders = new ConcurrentLinkedQueue<>();
  private final ByteBuffer writeKeyBuffer = ByteBuffer.allocateDirect(KeyForm.LONGEST);
  private final UnreadableRecords unreadable = new UnreadableRecords();
  private final int pageSize;
  private volatile @Nullable String loss;
  private long mapBytes;
  private boolean closed;

  /** Looked at by what reads for long, between two entries. */
  private volatile boolean readingOver;

  Environment(Path directory, LmdbLimits settings, Collection<Table<?, ?>> tables)
      throws IOException {
    this.directory = directory;
    this.settings = settings;
    this.tables = List.copyOf(tables);
    this.readerSlots = new Semaphore(settings.mostReaders());
    DataFile data = new DataFile(directory);
    data.check(settings.checkedPages());
    this.mapBytes = firstMapBytes(data.path(), settings);
    this.env = open(directory, data, tables.size() + 1);
    try {
      this.pageSize = env.stat().pageSize;
      trees.put(About.TABLE.name(), env.openDbi(About.TABLE.name(), DbiFlags.MDB_CREATE));
      for (Table<?, ?> table : tables) {
        trees.put(table.name(), env.openDbi(table.name(), DbiFlags.MDB_CREATE));
      }
      this.file =
          new FileLengthening(
              FileChannel.open(data.path(), StandardOpenOption.WRITE), settings.growthBytes());
      bringUp(tables);
      file.ensureRoom(usedBytes());
      data.mark();
    } catch (LmdbException failure) {
      env.close();
      throw data.damaged("can't be read (" + failure.getMessage() + ")");
    } catch (StorageException | IOException refused) {
      env.close();
      throw refused;
    }
  }

  private Env<ByteBuffer> open(Path in, DataFile data, int tables) {
    try {
      return Env.create()
          .setMapSize(mapBytes)
          .setMaxDbs(tables)
          .setMaxReaders(settings.mostReaders() + 16)
          .open(in.toFile(), 0600, EnvFlags.MDB_NOTLS);
    } catch (LmdbException failure) {
      throw data.damaged("can't be opened (" + failure.getMessage() + ")");
    }
  }

  /** Brings each table to the format of this program, all of them or none. */
  private void bringUp(Collection<Table<?, ?>> tables) {
    while (true) {
      try (Txn<ByteBuffer> txn = env.txnWrite()) {
        OpenTransaction open = new OpenTransaction(txn, trees, writeKeyBuffer, unreadable);
        for (Table<?, ?> table : tables) {
          if (About.bringUp(directory.toString(), open, table)) {
            Checksums.add(txn, dbi(table.name()));
          }
        }
        txn.commit();
        return;
      } catch (Env.MapFullException full) {
        grow(full);
      }
    }
  }

  /** The names of the records that can't be read; goes through all of them. */
  List<String> verify() {
    UnreadableRecords now = new UnreadableRecords();
    return read(
        transaction -> {
          tables.forEach(table -> verify(transaction, table));
          return now.names();
        },
        now);
  }

  private static <K, V> void verify(ReadTransaction transaction, Table<K, V> table) {
    transaction.scan(table, Range.all(), (key, value) -> true);
  }

  private Dbi<ByteBuffer> dbi(String table) {
    return Objects.requireNonNull(trees.get(table));
  }

  /** Why nothing can be read or written any more; empty: it can. */
  Optional<String> loss() {
    return Optional.ofNullable(loss);
  }

  <R> R read(Function<ReadTransaction, R> body) {
    return read(body, unreadable);
  }

  private <R> R read(Function<ReadTransaction, R> body, UnreadableRecords met) {
    readerSlots.acquireUninterruptibly();
    mapLock.readLock().lock();
    try {
      failIfClosed();
      Reader reader = takeReader();
      try {
        return body.apply(
            new OpenTransaction(
                reader.txn(), trees, reader.keyBuffer(), met, this::failIfReadingIsOver));
      } finally {
        reader.txn().reset();
        idleReaders.add(reader);
      }
    } catch (LmdbException failure) {
      throw described(failure);
    } finally {
      mapLock.readLock().unlock();
      readerSlots.release();
    }
  }

  /**
   * Runs {@code work} in one write transaction and returns when it is on the disk. Only for the
   * writer thread. {@code work} runs again when the map had to grow.
   */
  void write(Consumer<? super OpenTransaction> work) {
    while (true) {
      try {
        commit(work);
        file.ensureRoom(usedBytes());
        return;
      } catch (Env.MapFullException full) {
        grow(full);
      } catch (LmdbException failure) {
        throw described(failure);
      }
    }
  }

  /**
   * Lets the map grow now, so that writers probably need not while something reads for long: they
   * would have to wait for its end, and everybody behind them.
   */
  void makeRoom() {
    while (mapHasLittleRoom() && growMap()) {
      // Until it is enough, or may not grow further.
    }
  }

  /** Ends what reads, at its next entry: {@link #close} waits for it. */
  void endReading() {
    readingOver = true;
  }

  @Override
  public void close() throws IOException {
    mapLock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        closeIdleReaders();
        env.close();
        file.close();
      }
    } finally {
      mapLock.writeLock().unlock();
    }
  }

  private void commit(Consumer<? super OpenTransaction> work) {
    mapLock.readLock().lock();
    try {
      failIfClosed();
      try (Txn<ByteBuffer> txn = env.txnWrite()) {
        OpenTransaction open = new OpenTransaction(txn, trees, writeKeyBuffer, unreadable);
        work.accept(open);
        open.failIfBroken();
        txn.commit();
      }
    } finally {
      mapLock.readLock().unlock();
    }
  }

  private void grow(Env.MapFullException full) {
    if (!growMap()) {
      throw new StorageFullException(
          "the storage '%s' has reached its limit of %d MB, so nothing was changed; delete something"
              .formatted(directory.getFileName(), mapBytes >> 20),
          full);
    }
  }

  private boolean growMap() {
    mapLock.writeLock().lock();
    try {
      failIfClosed();
      if (mapBytes >= settings.mostMapBytes()) {
        return false;
      }
      closeIdleReaders();
      mapBytes = Math.min(mapBytes * 2, settings.mostMapBytes());
      env.setMapSize(mapBytes);
      return true;
    } finally {
      mapLock.writeLock().unlock();
    }
  }

  private boolean mapHasLittleRoom() {
    mapLock.readLock().lock();
    try {
      failIfClosed();
      return mapBytes - usedBytes() < usedBytes() + ROOM;
    } finally {
      mapLock.readLock().unlock();
    }
  }

  private Reader takeReader() {
    Reader idle = idleReaders.poll();
    if (idle == null) {
      return new Reader(env.txnRead(), ByteBuffer.allocateDirect(KeyForm.LONGEST));
    }
    idle.txn().renew();
    return idle;
  }

  private void closeIdleReaders() {
    for (Reader idle = idleReaders.poll(); idle != null; idle = idleReaders.poll()) {
      idle.txn().close();
    }
  }

  private void failIfClosed() {
    String lost = loss;
    if (lost != null) {
      throw new StorageLostException(lost);
    }
    if (closed) {
      throw new StorageClosedException();
    }
  }

  private void failIfReadingIsOver() {
    if (readingOver) {
      throw new StorageClosedException();
    }
  }

  private long usedBytes() {
    return (env.info().lastPageNumber + 1) * pageSize;
  }

  private StorageException described(LmdbException failure) {
    if (failure instanceof LmdbNativeException coded && isFull(coded.getResultCode())) {
      return new StorageFullException(
          "the server's disk is full, so nothing was changed; delete something or add space",
          failure);
    }
    if (isLoss(failure)) {
      loss =
          "the storage in "
              + directory
              + " can't be used any more ("
              + failure.getMessage()
              + "); look at the disk and at the kernel's log";
      return new StorageLostException(loss, failure);
    }
    return new StorageException("the storage failed: " + failure.getMessage(), failure);
  }

  /** What does not heal: the disk fails, or the engine has seen what it can't trust. */
  private static boolean isLoss(LmdbException failure) {
    return failure instanceof LmdbNativeException coded
        && switch (coded.getResultCode()) {
          case INPUT_OUTPUT, READ_ONLY, NO_DEVICE, PANIC, CORRUPTED, PAGE_NOT_FOUND -> true;
          default -> false;
        };
  }

  /** LMDB calls it an input/output error too when only a part of a write found room. */
  private boolean isFull(int code) {
    return switch (code) {
      case NO_SPACE, FILE_TOO_LARGE, QUOTA_EXCEEDED -> true;
      case INPUT_OUTPUT -> !file.canGrow();
      default -> false;
    };
  }

  /** The map must hold what the file holds already, also when the settings became smaller. */
  private static long firstMapBytes(Path data, LmdbLimits settings) throws IOException {
    long length = Files.exists(data) ? Files.size(data) : 0;
    long bytes = settings.firstMapBytes();
    while (bytes < length) {
      bytes *= 2;
    }
    return bytes;
  }
}
