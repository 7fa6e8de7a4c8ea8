package io.pulzar.storage.lmdb;

import io.pulzar.storage.Database;
import io.pulzar.storage.ReadTransaction;
import io.pulzar.storage.StorageEngine;
import io.pulzar.storage.Table;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Keeps each database in a folder of its own, in LMDB's two files. */
public final class LmdbEngine implements StorageEngine {

  /** It holds nothing, so one is as good as another. */
  static final LmdbEngine INSTANCE = new LmdbEngine();

  @Override
  public String name() {
    return "LMDB";
  }

  @Override
  public Database open(Path directory, List<? extends Table<?, ?>> tables) {
    return LmdbDatabase.open(directory, LmdbLimits.DEFAULT, tables);
  }

  @Override
  public boolean isInUse(Path directory) {
    return LmdbDatabase.isInUse(directory);
  }

  @Override
  public <R> R readTogether(List<Database> databases, Function<List<ReadTransaction>, R> body) {
    return LmdbDatabase.readTogether(
        databases.stream().map(LmdbDatabase.class::cast).toList(), body);
  }

  @Override
  public List<Path> databases(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(directory)) {
      return folders
          .filter(folder -> Files.isRegularFile(folder.resolve("data.mdb")))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void dump(Path directory, OutputStream out) throws IOException {
    LmdbDatabase.dump(directory, out);
  }

  @Override
  public void load(InputStream source, Path emptyDirectory, Instant made, Instant restored)
      throws IOException {
    LmdbDump.load(source, emptyDirectory, made, restored);
  }
}
