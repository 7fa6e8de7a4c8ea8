package io.pulzar.storage.lmdb;

import io.pulzar.storage.StorageDamagedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Looks at a database's file before it is mapped into memory. LMDB trusts what it finds: of a file
 * that is cut off it would read what is not there, which ends the process, and an empty one it
 * would take for new.
 */
final class DataFile {

  /** Says that the database has been in use, so that its file can't rightly be missing or empty. */
  private static final String MARK = "format";

  private static final String LOCK = "lock.mdb";
  private static final int HEAD = 16;
  private static final int META = 152;
  private static final int MAGIC = 0xBEEFC0DE;
  private static final int SMALLEST_PAGE = 512;
  private static final int LARGEST_PAGE = 64 << 10;

  private final Path directory;
  private final Path file;

  DataFile(Path directory) {
    this.directory = directory;
    this.file = directory.resolve("data.mdb");
  }

  /**
   * The newest state that the file says it holds.
   *
   * @param freePages root of the tree of free pages; -1: it is empty
   * @param tables root of the tree of tables; -1: it is empty
   */
  record Meta(int pageSize, long transaction, long lastPage, long freePages, long tables) {}

  Path path() {
    return file;
  }

  /**
   * Returns when the file may be opened.
   *
   * @param mostPages of so many pages the structure is looked at; of more when the file seems short
   * @throws StorageDamagedException with the file and the cure
   */
  void check(long mostPages) throws IOException {
    boolean used = Files.exists(directory.resolve(MARK)) || Files.exists(directory.resolve(LOCK));
    if (!Files.exists(file) || Files.size(file) == 0) {
      if (used) {
        throw damaged(Files.exists(file) ? "is empty" : "is missing");
      }
      return;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      Meta first = meta(channel, 0);
      Meta second = meta(channel, first.pageSize());
      Meta newest = first.transaction() > second.transaction() ? first : second;
      boolean isShort = channel.size() < (newest.lastPage() + 1) * newest.pageSize();
      new PageCheck(channel, newest).run(isShort ? Long.MAX_VALUE : mostPages);
    } catch (PageCheck.BrokenPageException broken) {
      throw damaged(String.valueOf(broken.getMessage()));
    }
  }

  /** Notes that the database is in use from now on. */
  void mark() throws IOException {
    Path mark = directory.resolve(MARK);
    if (!Files.exists(mark)) {
      Files.writeString(mark, "A database of Pulzar, with its records in data.mdb.\n");
      try (FileChannel written = FileChannel.open(mark, StandardOpenOption.WRITE)) {
        written.force(true);
      }
    }
  }

  StorageDamagedException damaged(String what) {
    return new StorageDamagedException(
        file
            + " "
            + what
            + ": put the directory back from a backup (pulzar restore FILE --overwrite), or delete "
            + directory
            + " to go on without what it held");
  }

  private Meta meta(FileChannel channel, long at) throws IOException {
    ByteBuffer page = ByteBuffer.allocate(META).order(ByteOrder.nativeOrder());
    while (page.hasRemaining() && channel.read(page, at + page.position()) >= 0) {
      // On to its end.
    }
    if (page.hasRemaining()) {
      throw damaged("is cut off after " + channel.size() + " bytes");
    }
    int pageSize = page.getInt(HEAD + 24);
    if (page.getInt(HEAD) != MAGIC
        || pageSize < SMALLEST_PAGE
        || pageSize > LARGEST_PAGE
        || Integer.bitCount(pageSize) != 1) {
      throw damaged("is damaged in its head, or is no database");
    }
    return new Meta(
        pageSize,
        page.getLong(HEAD + 128),
        page.getLong(HEAD + 120),
        page.getLong(HEAD + 64),
        page.getLong(HEAD + 112));
  }
}
