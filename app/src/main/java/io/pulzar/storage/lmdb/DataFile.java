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
  private static final int VERSION = 1;
  private static final int META_PAGE = 0x08;

  /** Of the trees: of free pages, whose keys are numbers, and of tables. */
  private static final int FREE_FLAGS = 0x08;

  private static final int TABLES_FLAGS = 0;

  /** A file may lack pages that are free, but not so many beside as many as it has. */
  private static final long MOST_AHEAD = 16_384;

  private static final int SMALLEST_PAGE = 512;
  private static final int LARGEST_PAGE = 64 << 10;

  private final Path directory;
  private final Path file;

  DataFile(Path directory) {
    this.directory = directory;
    this.file = directory.resolve("data.mdb");
  }

  /**
   * A state that the file says it holds.
   *
   * @param freePages the tree of free pages
   * @param tables the tree of tables
   */
  record Meta(int pageSize, long transaction, long lastPage, Tree freePages, Tree tables) {}

  /**
   * What is said about a tree.
   *
   * @param depth levels of pages
   * @param root -1: it is empty
   */
  record Tree(int flags, int depth, long entries, long root) {

    static final int BYTES = 48;

    /** The tree that is described there. */
    static Tree at(ByteBuffer page, int at) {
      return new Tree(
          page.getShort(at + 4) & 0xFFFF,
          page.getShort(at + 6) & 0xFFFF,
          page.getLong(at + 32),
          page.getLong(at + 40));
    }
  }

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
      Meta first = meta(channel, 0, 0);
      Meta second = meta(channel, first.pageSize(), 1);
      Meta newest = first.transaction() > second.transaction() ? first : second;
      compare(first, second);
      long pages = channel.size() / newest.pageSize();
      if (newest.lastPage() < 1 || newest.lastPage() > MOST_AHEAD + 2 * pages) {
        throw damaged(
            "is cut off, or damaged in its head: it says that it has "
                + newest.lastPage()
                + " pages, and has room for "
                + pages);
      }
      boolean isShort = pages <= newest.lastPage();
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

  /** Each state but the first takes the place of the one before the last. */
  private void compare(Meta first, Meta second) {
    boolean isNew = first.transaction() == 0 && second.transaction() == 0;
    boolean alternate =
        first.transaction() % 2 == 0
            && Math.abs(first.transaction() - second.transaction()) == 1
            && first.pageSize() == second.pageSize();
    if (!isNew && !alternate) {
      throw damaged("is damaged in its head");
    }
  }

  /**
   * @param number of the page
   */
  private Meta meta(FileChannel channel, long at, long number) throws IOException {
    ByteBuffer page = ByteBuffer.allocate(META).order(ByteOrder.nativeOrder());
    while (page.hasRemaining() && channel.read(page, at + page.position()) >= 0) {
      // On to its end.
    }
    if (page.hasRemaining()) {
      throw damaged("is cut off after " + channel.size() + " bytes");
    }
    int pageSize = page.getInt(HEAD + 24);
    if (page.getLong(0) != number
        || (page.getShort(10) & 0xFFFF) != META_PAGE
        || page.getInt(HEAD) != MAGIC
        || page.getInt(HEAD + 4) != VERSION
        || pageSize < SMALLEST_PAGE
        || pageSize > LARGEST_PAGE
        || Integer.bitCount(pageSize) != 1) {
      throw damaged("is damaged in its head, or is no database");
    }
    Tree freePages = Tree.at(page, HEAD + 24);
    Tree tables = Tree.at(page, HEAD + 24 + Tree.BYTES);
    if (freePages.flags() != FREE_FLAGS || tables.flags() != TABLES_FLAGS) {
      throw damaged("is damaged in its head");
    }
    return new Meta(
        pageSize, page.getLong(HEAD + 128), page.getLong(HEAD + 120), freePages, tables);
  }
}
