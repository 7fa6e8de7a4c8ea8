package io.pulzar.storage.lmdb;

import io.pulzar.storage.lmdb.DataFile.Tree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/**
 * Walks through the pages of LMDB's trees, from the roots down, and checks what the engine will
 * rely on: that a page is where it says it is, that what it points to is inside the page and inside
 * the file, that trees are as deep and large as is said, and that no page is in use and free. What
 * values hold is not looked at; records carry checksums for that.
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
  private static final int BIG_DATA = 0x01;
  private static final int SUB_TREE = 0x02;
  private static final int UNSIGNED = 0xFFFF;

  /** A tree that is walked through, and how many entries were met. */
  private static final class Walk {
    private final Tree tree;
    private final long describedAt;
    private final boolean ofFreePages;
    private long entries;

    Walk(Tree tree, long describedAt, boolean ofFreePages) {
      this.tree = tree;
      this.describedAt = describedAt;
      this.ofFreePages = ofFreePages;
    }
  }

  /**
   * @param level from 1, that of the root
   */
  private record Ahead(long page, Walk walk, int level) {}

  private final FileChannel channel;
  private final int pageSize;
  private final long lastPage;
  private final Deque<Ahead> ahead = new ArrayDeque<>();
  private final List<Walk> walks = new ArrayList<>();
  private final BitSet used = new BitSet();
  private final BitSet free = new BitSet();
  private final ByteBuffer page;

  PageCheck(FileChannel channel, DataFile.Meta meta) throws BrokenPageException {
    this.channel = channel;
    this.pageSize = meta.pageSize();
    this.lastPage = meta.lastPage();
    this.page = ByteBuffer.allocate(pageSize).order(ByteOrder.nativeOrder());
    add(new Walk(meta.tables(), 0, false));
    add(new Walk(meta.freePages(), 0, true));
  }

  /** Looks at so many pages at most. */
  void run(long most) throws IOException {
    for (long seen = 0; seen < most && !ahead.isEmpty(); seen++) {
      look(ahead.remove());
    }
    if (ahead.isEmpty()) {
      compare();
    }
  }

  /** What can be said when all has been seen. */
  private void compare() throws BrokenPageException {
    for (Walk walk : walks) {
      if (walk.entries != walk.tree.entries()) {
        throw broken(walk.describedAt);
      }
    }
    free.and(used);
    if (!free.isEmpty()) {
      throw broken(free.nextSetBit(0));
    }
  }

  private void look(Ahead next) throws IOException {
    long number = next.page();
    read(number);
    int flags = page.getShort(10) & UNSIGNED;
    int lower = page.getShort(12) & UNSIGNED;
    int upper = page.getShort(14) & UNSIGNED;
    boolean isLeaf = next.level() == next.walk().tree.depth();
    if (flags != (isLeaf ? LEAF : BRANCH)
        || lower < HEAD
        || lower > upper
        || upper > pageSize
        || lower % 2 != 0) {
      throw broken(number);
    }
    use(number, 1);
    for (int at = HEAD; at < lower; at += 2) {
      int node = page.getShort(at) & UNSIGNED;
      if (node < HEAD || node + NODE_HEAD > pageSize) {
        throw broken(number);
      }
      if (isLeaf) {
        next.walk().entries++;
        leaf(next, node);
      } else {
        branch(next, node);
      }
    }
  }

  private void branch(Ahead parent, int at) throws BrokenPageException {
    inside(parent.page(), dataOf(at), 0);
    long high = page.getShort(at + 4) & UNSIGNED;
    long child = checked(parent.page(), low(at) | high << 32);
    ahead.add(new Ahead(child, parent.walk(), parent.level() + 1));
  }

  private void leaf(Ahead parent, int at) throws IOException {
    int data = dataOf(at);
    long length = low(at);
    switch (page.getShort(at + 4) & UNSIGNED) {
      case 0 -> {
        inside(parent.page(), data, length);
        if (parent.walk().ofFreePages) {
          freed(parent.page(), page.slice(data, (int) length));
        }
      }
      case BIG_DATA -> {
        inside(parent.page(), data, Long.BYTES);
        long first = checked(parent.page(), page.getLong(data));
        overflow(first, length);
        if (parent.walk().ofFreePages) {
          freed(first, read(first * pageSize + HEAD, length, first));
        }
      }
      case SUB_TREE -> {
        inside(parent.page(), data, Tree.BYTES);
        Tree tree = Tree.at(page, data);
        boolean ofTables = parent.walk().describedAt == 0 && !parent.walk().ofFreePages;
        if (!ofTables || length != Tree.BYTES || tree.flags() != 0) {
          throw broken(parent.page());
        }
        add(new Walk(tree, parent.page(), false));
      }
      default -> throw broken(parent.page());
    }
  }

  /** Pages that a transaction freed: how many, then their numbers. */
  private void freed(long number, ByteBuffer list) throws BrokenPageException {
    ByteBuffer numbers = list.order(ByteOrder.nativeOrder());
    long count = numbers.remaining() < Long.BYTES ? -1 : numbers.getLong(0);
    if (count < 0 || count > numbers.remaining() / Long.BYTES - 1) {
      throw broken(number);
    }
    for (int at = 1; at <= count; at++) {
      free.set((int) checked(number, numbers.getLong(at * Long.BYTES)));
    }
  }

  /** A long value has pages of its own; only the first has a head. */
  private void overflow(long first, long length) throws IOException {
    ByteBuffer head = read(first * pageSize, HEAD, first);
    long pages = head.getInt(12) & 0xFFFF_FFFFL;
    boolean holds = pages * pageSize >= length + HEAD && first + pages - 1 <= lastPage;
    if (head.getLong(0) != first || (head.getShort(10) & UNSIGNED) != OVERFLOW || !holds) {
      throw broken(first);
    }
    if ((first + pages) * pageSize > channel.size()) {
      throw cutOff(first);
    }
    use(first, pages);
  }

  /** Notes that pages have their use; a page has one. */
  private void use(long first, long count) throws BrokenPageException {
    int from = (int) first;
    int taken = used.nextSetBit(from);
    if (taken >= 0 && taken < first + count) {
      throw broken(first);
    }
    used.set(from, (int) (first + count));
  }

  private void read(long number) throws IOException {
    fill(page.clear(), number * pageSize, number);
    if (page.getLong(0) != number) {
      throw broken(number);
    }
  }

  private ByteBuffer read(long at, long length, long number) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) length).order(ByteOrder.nativeOrder());
    fill(bytes, at, number);
    return bytes.flip().order(ByteOrder.nativeOrder());
  }

  private void fill(ByteBuffer into, long at, long number) throws IOException {
    while (into.hasRemaining()) {
      if (channel.read(into, at + into.position()) < 0) {
        throw cutOff(number);
      }
    }
  }

  private void add(Walk walk) throws BrokenPageException {
    walks.add(walk);
    Tree tree = walk.tree;
    boolean isEmpty = tree.root() == -1;
    if (isEmpty != (tree.depth() == 0)) {
      throw broken(walk.describedAt);
    }
    if (!isEmpty) {
      ahead.add(new Ahead(checked(walk.describedAt, tree.root()), walk, 1));
    }
  }

  /** The length of a leaf's value; the lower half of the number of a branch's page. */
  private long low(int at) {
    return (page.getShort(at) & UNSIGNED) | (long) (page.getShort(at + 2) & UNSIGNED) << 16;
  }

  /** Where what belongs to a key begins. */
  private int dataOf(int at) {
    return at + NODE_HEAD + (page.getShort(at + 6) & UNSIGNED);
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
