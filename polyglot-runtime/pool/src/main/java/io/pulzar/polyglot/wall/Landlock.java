package io.pulzar.polyglot.wall;

import static io.pulzar.polyglot.wall.SystemCall.CLOSE;
import static io.pulzar.polyglot.wall.SystemCall.LANDLOCK_ADD_RULE;
import static io.pulzar.polyglot.wall.SystemCall.LANDLOCK_CREATE_RULESET;
import static io.pulzar.polyglot.wall.SystemCall.LANDLOCK_RESTRICT_SELF;
import static io.pulzar.polyglot.wall.SystemCall.OPENAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Rules for files that a thread puts on itself, for good, and its children inherit.
 *
 * <p>What the kernel knows grew with its versions: 1 files, 2 moving between directories, 3 cutting
 * files off, 5 commands to devices, 6 signals and abstract sockets. A bit that the kernel does not
 * know makes it refuse the whole, so those are masked.
 *
 * @see <a href="https://docs.kernel.org/userspace-api/landlock.html">Landlock</a>
 */
record Landlock(Processor processor, int version) {

  static final int SIGNALS_SINCE = 6;
  static final int TRUNCATION_SINCE = 3;

  private static final long EXECUTE = 1;
  private static final long WRITE_FILE = 1 << 1;
  private static final long READ_FILE = 1 << 2;
  private static final long READ_DIRECTORY = 1 << 3;
  private static final long REMOVE_DIRECTORY = 1 << 4;
  private static final long REMOVE_FILE = 1 << 5;
  private static final long MAKE_DIRECTORY = 1 << 7;
  private static final long MAKE_FILE = 1 << 8;
  private static final long MAKE_PIPE = 1 << 10;
  private static final long MOVE = 1 << 13;
  private static final long TRUNCATE = 1 << 14;

  private static final long OF_VERSION_1 = (1 << 13) - 1;
  private static final long OF_VERSION_2 = (1 << 14) - 1;
  private static final long OF_VERSION_3 = (1 << 15) - 1;
  private static final long OF_VERSION_5 = (1 << 16) - 1;

  private static final long READ = READ_FILE | READ_DIRECTORY;
  private static final long START = READ_FILE | EXECUTE;
  private static final long WRITE =
      READ
          | WRITE_FILE
          | REMOVE_DIRECTORY
          | REMOVE_FILE
          | MAKE_DIRECTORY
          | MAKE_FILE
          | MAKE_PIPE
          | MOVE
          | TRUNCATE;

  /** What can be done with something that is no directory. */
  private static final long FOR_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE;

  private static final long ABSTRACT_SOCKETS = 1;
  private static final long SIGNALS = 1 << 1;

  private static final int ATTRIBUTE_BYTES = 24;
  private static final int RULE_BYTES = 12;
  private static final int PATH_BENEATH = 1;

  private static final int AT_WORKING_DIRECTORY = -100;
  private static final int PATH_ONLY = 010000000;
  private static final int CLOSE_ON_EXECUTE = 02000000;

  /** The kernel's version of Landlock, 0 when it has none or it is switched off. */
  static int version(Processor processor) {
    long version = SystemCalls.call(processor.number(LANDLOCK_CREATE_RULESET), 0, 0, 1);
    return version > 0 ? (int) version : 0;
  }

  /** Rules that the kernel holds, until they are closed, for threads to bind themselves with. */
  final class RuleSet implements AutoCloseable {

    private final long descriptor;

    private RuleSet(long descriptor) {
      this.descriptor = descriptor;
    }

    /** Binds the calling thread; it must have given up new privileges before. */
    void restrictThread() throws WallException {
      checked("landlock_restrict_self", call(LANDLOCK_RESTRICT_SELF, descriptor, 0));
    }

    @Override
    public void close() {
      call(CLOSE, descriptor);
    }
  }

  RuleSet ruleSet(FileRules rules) throws WallException {
    try (Arena arena = Arena.ofConfined()) {
      RuleSet set = new RuleSet(createRuleSet(arena));
      try {
        allow(arena, set.descriptor, rules.readable(), READ);
        allow(arena, set.descriptor, rules.executable(), START);
        allow(arena, set.descriptor, rules.writable(), WRITE);
        return set;
      } catch (WallException e) {
        set.close();
        throw e;
      }
    }
  }

  private long createRuleSet(Arena arena) throws WallException {
    MemorySegment attributes = arena.allocate(ATTRIBUTE_BYTES, Long.BYTES);
    attributes.set(ValueLayout.JAVA_LONG, 0, handled());
    attributes.set(
        ValueLayout.JAVA_LONG, 16, version >= SIGNALS_SINCE ? ABSTRACT_SOCKETS | SIGNALS : 0);
    return checked(
        "landlock_create_ruleset",
        call(LANDLOCK_CREATE_RULESET, attributes.address(), ATTRIBUTE_BYTES, 0));
  }

  private void allow(Arena arena, long ruleSet, List<Path> paths, long rights)
      throws WallException {
    for (Path path : paths) {
      long file =
          call(
              OPENAT,
              AT_WORKING_DIRECTORY,
              arena.allocateFrom(path.toString()).address(),
              PATH_ONLY | CLOSE_ON_EXECUTE,
              0);
      if (isOutOfReach(file)) {
        continue;
      }
      checked("opening " + path, file);
      try {
        long allowed = Files.isDirectory(path) ? rights : rights & FOR_FILES;
        MemorySegment rule = arena.allocate(RULE_BYTES, Long.BYTES);
        rule.set(ValueLayout.JAVA_LONG, 0, allowed & handled());
        rule.set(ValueLayout.JAVA_INT, 8, (int) file);
        checked(
            "landlock_add_rule for " + path,
            call(LANDLOCK_ADD_RULE, ruleSet, PATH_BENEATH, rule.address(), 0));
      } finally {
        call(CLOSE, file);
      }
    }
  }

  /** What this process does not reach, its children reach no more. */
  private static boolean isOutOfReach(long result) {
    return result == SystemCalls.NO_SUCH_FILE
        || result == SystemCalls.NOT_A_DIRECTORY
        || result == SystemCalls.ACCESS_DENIED;
  }

  /** Everything that this kernel can deny. */
  private long handled() {
    return switch (version) {
      case 1 -> OF_VERSION_1;
      case 2 -> OF_VERSION_2;
      case 3, 4 -> OF_VERSION_3;
      default -> OF_VERSION_5;
    };
  }

  private long call(SystemCall call, long... arguments) {
    return SystemCalls.call(processor.number(call), arguments);
  }

  private static long checked(String what, long result) throws WallException {
    if (result < 0) {
      throw new WallException(what + " failed with error " + -result);
    }
    return result;
  }
}
