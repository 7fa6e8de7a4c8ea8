package io.pulzar.polyglot.wall;

import static io.pulzar.polyglot.wall.SystemCallFilter.NOT_PERMITTED;

import io.pulzar.polyglot.RuntimeSettings.WallMode;
import io.pulzar.polyglot.WallReport;
import io.pulzar.polyglot.WallReport.Strength;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The second wall as this machine's kernel can build it, and the processes behind it. */
public final class Wall {

  /** They name the process in their first argument. */
  private static final SystemCall[] SIGNALS = {
    SystemCall.KILL, SystemCall.TGKILL, SystemCall.RT_SIGQUEUEINFO, SystemCall.RT_TGSIGQUEUEINFO
  };

  private static final FileRules NO_FILES = new FileRules(List.of(), List.of(), List.of());

  private final @Nullable Landlock landlock;
  private final @Nullable Seccomp seccomp;
  private final WallReport report;

  private Wall(@Nullable Landlock landlock, @Nullable Seccomp seccomp, WallReport report) {
    this.landlock = landlock;
    this.seccomp = seccomp;
    this.report = report;
  }

  /**
   * Finds out what the kernel offers.
   *
   * @throws WallException when the wall is required, and files can't be held by it
   */
  public static Wall of(WallMode mode) throws WallException {
    if (mode == WallMode.OFF) {
      return none("switched off by pulzar.workers.wall=off");
    }
    Wall wall = offered();
    if (mode == WallMode.REQUIRED && wall.landlock == null) {
      throw new WallException(
          "pulzar.workers.wall=required, but %s. Run on Linux 5.13 or newer with Landlock switched on, or set it to auto"
              .formatted(wall.report.description()));
    }
    return wall;
  }

  private static Wall offered() {
    String system = System.getProperty("os.name");
    if (!system.toLowerCase(Locale.ROOT).equals("linux")) {
      return none("only Linux has what it is made of, and this is " + system);
    }
    Optional<Processor> processor = Processor.ofThisMachine();
    if (processor.isEmpty()) {
      return none("it is not made for the processor " + System.getProperty("os.arch"));
    }
    Seccomp seccomp = new Seccomp(processor.get());
    if (!seccomp.isAvailable()) {
      return none("the kernel, or what contains this process, offers no seccomp");
    }
    int version = Landlock.version(processor.get());
    Landlock landlock = version == 0 ? null : new Landlock(processor.get(), version);
    Wall wall = new Wall(landlock, seccomp, report(version));
    try {
      wall.rehearse();
      return wall;
    } catch (WallException e) {
      return none("the kernel says that it has it, and then: " + e.getMessage());
    }
  }

  private static WallReport report(int version) {
    if (version == 0) {
      return new WallReport(
          Strength.PARTIAL,
          "the kernel has seccomp but no Landlock: sockets and dangerous system calls are closed to"
              + " workers, files are not");
    }
    if (version < Landlock.SIGNALS_SINCE) {
      return new WallReport(
          Strength.PARTIAL,
          ("Landlock %d and seccomp hold workers; signals are closed towards the server only,"
                  + " before Linux 6.12")
              .formatted(version));
    }
    return new WallReport(
        Strength.WHOLE, "Landlock %d and seccomp hold workers".formatted(version));
  }

  private static Wall none(String reason) {
    return new Wall(null, null, WallReport.none(reason));
  }

  /** Whether files are held, which takes Landlock. */
  public boolean holdsFiles() {
    return landlock != null;
  }

  /** For a process that binds itself further; 0 for none. */
  public int landlockVersion() {
    Landlock held = landlock;
    return held == null ? 0 : held.version();
  }

  /**
   * Filters that a single run adds for itself, as arrays of {@code struct sock_filter}: without and
   * with the network. Neither allows processes or signals to them.
   */
  public List<byte[]> filtersOfRuns() {
    Seccomp filters = seccomp;
    if (filters == null) {
      return List.of();
    }
    Processor processor = filters.processor();
    return List.of(
        runFilter(processor).denying(SystemCallFilter.ACCESS_DENIED, SystemCall.SOCKET).program(),
        runFilter(processor).program());
  }

  private static SystemCallFilter runFilter(Processor processor) {
    return new SystemCallFilter(processor).noProcesses().denying(NOT_PERMITTED, SystemCall.KILL);
  }

  /** What of it holds here. */
  public WallReport report() {
    return report;
  }

  /**
   * Starts a process behind the wall, so far as there is one.
   *
   * @param files what it may do with files; where they are not held, nothing is denied
   * @throws WallException when a part that the kernel offers could not be put up
   */
  public Process start(ProcessBuilder builder, FileRules files) throws IOException {
    Seccomp filters = seccomp;
    if (filters == null) {
      return builder.start();
    }
    return confined(filters, files, builder::start);
  }

  /** Does all but to start something, so that a refusal is known before it is needed. */
  private void rehearse() throws WallException {
    Seccomp filters = seccomp;
    if (filters != null) {
      try {
        confined(filters, NO_FILES, () -> "nothing");
      } catch (WallException e) {
        throw e;
      } catch (IOException e) {
        throw new WallException("the wall can't be put up: " + e.getMessage());
      }
    }
  }

  /**
   * Acts in a thread of its own that is confined first. That thread must meet no class that is not
   * loaded yet, because it can't read it any more; so it gets everything readily made.
   */
  private <T> T confined(Seccomp filters, FileRules files, Callable<T> action) throws IOException {
    byte[] filter = filter(filters.processor());
    Privileges privileges = new Privileges(filters.processor());
    Landlock held = landlock;
    try (Landlock.RuleSet rules = held == null ? null : held.ruleSet(files)) {
      FutureTask<T> task =
          new FutureTask<>(
              () -> {
                privileges.giveUp();
                filters.giveUpNewPrivileges();
                if (rules != null) {
                  rules.restrictThread();
                }
                filters.restrictThread(filter);
                return action.call();
              });
      // Of its own for each start: what it does to itself stays, and adds up.
      Thread.ofPlatform().name("python-worker-start").start(task);
      return await(task);
    }
  }

  private static <T> T await(FutureTask<T> task) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          // A process that nobody knows of would stay; to start it takes milliseconds.
          interrupted = true;
        } catch (ExecutionException e) {
          throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Ends the calling process's ability to start programs or other processes, in all its threads.
   * For a worker once it is up. Does nothing where filters can't be had.
   */
  public static void startNoMoreProcesses() throws WallException {
    Optional<Processor> processor = Processor.ofThisMachine();
    if (processor.isPresent()) {
      new Seccomp(processor.get())
          .restrictProcess(new SystemCallFilter(processor.get()).noProcesses().program());
    }
  }

  /**
   * Ends the calling process's ability to open sockets, in all its threads.
   *
   * @throws WallException also where the kernel has no filters for this processor
   */
  public static void openNoMoreSockets() throws WallException {
    Processor processor =
        Processor.ofThisMachine()
            .orElseThrow(
                () -> new WallException("there are no system call filters on this processor"));
    new Seccomp(processor)
        .restrictProcess(
            new SystemCallFilter(processor)
                .denying(SystemCallFilter.ACCESS_DENIED, SystemCall.SOCKET)
                .program());
  }

  private byte[] filter(Processor processor) {
    int server = Math.toIntExact(ProcessHandle.current().pid());
    return new SystemCallFilter(processor)
        .denying(SystemCallFilter.NOT_IMPLEMENTED, SystemCall.IO_URING_SETUP)
        .denying(NOT_PERMITTED, denied().toArray(SystemCall[]::new))
        .noSignalsTo(server, SIGNALS)
        .onlyInternetSockets()
        .program();
  }

  private Set<SystemCall> denied() {
    Set<SystemCall> denied = EnumSet.range(SystemCall.OPEN_BY_HANDLE_AT, SystemCall.VHANGUP);
    denied.remove(SystemCall.IO_URING_SETUP);
    denied.addAll(
        EnumSet.of(
            SystemCall.PTRACE,
            SystemCall.PROCESS_VM_READV,
            SystemCall.PROCESS_VM_WRITEV,
            SystemCall.PROCESS_MADVISE,
            SystemCall.PIDFD_OPEN,
            SystemCall.PIDFD_GETFD,
            SystemCall.PIDFD_SEND_SIGNAL,
            SystemCall.KCMP,
            SystemCall.SHMAT,
            SystemCall.SEMGET,
            SystemCall.MSGGET));
    int version = landlock == null ? 0 : landlock.version();
    if (version < Landlock.TRUNCATION_SINCE) {
      denied.add(SystemCall.TRUNCATE);
    }
    if (version < Landlock.SIGNALS_SINCE && !signalsThreadsTheOldWay()) {
      denied.add(SystemCall.TKILL);
    }
    return denied;
  }

  /** Musl does: there a process needs the call for its own threads. */
  private static boolean signalsThreadsTheOldWay() {
    return Stream.of("x86_64", "aarch64")
        .anyMatch(name -> Files.exists(Path.of("/lib/ld-musl-" + name + ".so.1")));
  }
}
