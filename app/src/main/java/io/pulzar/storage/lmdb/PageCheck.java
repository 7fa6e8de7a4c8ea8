package io.pulzar.storage.lmdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Walks through the pages of LMDB's trees, from the roots down, and checks what the engine will
 * rely on: that a page is where it says it is, and that what it points to is inside the page and
 * inside the file. What values hold is not looked at; records carry checksums for that.
 *
 * <p>The layout is that of LMDB 0.9 (lmdb.h, mdb.c: MDB_page, MDB_node, MDB_db). It costs one read
 * of 4 KB for each page; the upper levels come first.
 */
final class PageCheck {

  /** What is wrong; to be read after the name of the file. */
  static final class BrokenPageException extends IOException {
    private static final long serialVersionUID = 1L;

    BrokenPageException(String message) {
      super(message);
    }
  }

  private static final int HEAD = 16;
  private static final int NODE_HEAD = 8;
  private static final int BRANCH = 0x01;
  private static final int LEAF = 0x02;
  private static final int OVERFLOW = 0x04;
  private static final int DIRTY_OR_MORE = 0xFFC0 | 0x08 | 0x10;
  private static final int FIXED_LEAF = 0x20;
  private static final int BIG_DATA = 0x01;
  private static final int SUB_TREE = 0x02;
  private static final int TREE = 48;
  private static final int ROOT_IN_TREE = 40;
  private static final int UNSIGNED = 0xFFFF;

  private final FileChannel channel;
  private final int pageSize;
  private final long lastPage;
  private final Deque<Long> ahead = new ArrayDeque<>();
  private final ByteBuffer page;

  PageCheck(FileChannel channel, DataFile.Meta meta) {
    this.channel = channel;
    this.pageSize = meta.pageSize();
    this.lastPage = meta.lastPage();
    this.page = ByteBuffer.allocate(pageSize).order(ByteOrder.nativeOrder());
    addTree(meta.tables());
    addTree(meta.freePages());
  }

  /** Looks at so many pages at most. */
  void run(long most) throws IOException {
    for (long seen = 0; seen < most && !ahead.isEmpty(); seen++) {
      look(ahead.remove());
    }
  }

  private void look(long number) throws IOException {
    read(number);
    int flags = page.getShort(10) & UNSIGNED;
    int lower = page.getShort(12) & UNSIGNED;
    int upper = page.getShort(14) & UNSIGNED;
    boolean isTree = (flags & (BRANCH | LEAF)) != 0 && (flags & DIRTY_OR_MORE) == 0;
    if (!isTree || lower < HEAD || lower > upper || upper > pageSize) {
      throw broken(number);
    }
    if ((flags & FIXED_LEAF) == 0) {
      for (int at = HEAD; at < lower; at += 2) {
        node(number, page.getShort(at) & UNSIGNED, (flags & BRANCH) != 0);
      }
    }
  }

  private void node(long number, int at, boolean branch) throws IOException {
    if (at < HEAD || at + NODE_HEAD > pageSize) {
      throw broken(number);
    }
    long low = (page.getShort(at) & UNSIGNED) | (long) (page.getShort(at + 2) & UNSIGNED) << 16;
    int flags = page.getShort(at + 4) & UNSIGNED;
    int data = at + NODE_HEAD + (page.getShort(at + 6) & UNSIGNED);
    if (branch) {
      ahead.add(checked(number, low | (long) flags << 32));
    } else if ((flags & BIG_DATA) != 0) {
      inside(number, data, Long.BYTES);
      long first = checked(number, page.getLong(data));
      overflow(first, low);
    } else if ((flags & SUB_TREE) != 0) {
      inside(number, data, TREE);
      addTree(page.getLong(data + ROOT_IN_TREE));
    } else {
      inside(number, data, low);
    }
  }

  /** A long value has pages of its own; only the first has a head. */
  private void overflow(long first, long length) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(HEAD).order(ByteOrder.nativeOrder());
    fill(head, first);
    long pages = head.getInt(12) & 0xFFFF_FFFFL;
    boolean holds = pages * pageSize >= length + HEAD && first + pages - 1 <= lastPage;
    if (head.getLong(0) != first || (head.getShort(10) & OVERFLOW) == 0 || !holds) {
      throw broken(first);
    }
    if ((first + pages) * pageSize > channel.size()) {
      throw cutOff(first);
    }
  }

  private void read(long number) throws IOException {
    fill(page.clear(), number);
    if (page.getLong(0) != number) {
      throw broken(number);
    }
  }

  private void fill(ByteBuffer into, long number) throws IOException {
    long at = number * pageSize;
    while (into.hasRemaining()) {
      if (channel.read(into, at + into.position()) < 0) {
        throw cutOff(number);
      }
    }
  }

  private void addTree(long root) {
    if (root >= 0) {
      ahead.add(root);
    }
  }

  private long checked(long from, long number) throws BrokenPageException {
    if (number < 2 || number > lastPage) {
      throw broken(from);
    }
    return number;
  }

  private void inside(long number, int at, long length) throws BrokenPageException {
    if (length < 0 || at + length > pageSize) {
      throw broken(number);
    }
  }

  private static BrokenPageException broken(long number) {
    return new BrokenPageException("is damaged at page " + number);
  }

  private static BrokenPageException cutOff(long number) {
    return new BrokenPageException("is cut off before its page " + number);
  }
}
