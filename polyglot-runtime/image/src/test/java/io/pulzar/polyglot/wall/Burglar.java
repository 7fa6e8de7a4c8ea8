package io.pulzar.polyglot.wall;

import static io.pulzar.polyglot.wall.SystemCall.BPF;
import static io.pulzar.polyglot.wall.SystemCall.IO_URING_SETUP;
import static io.pulzar.polyglot.wall.SystemCall.KILL;
import static io.pulzar.polyglot.wall.SystemCall.PERF_EVENT_OPEN;
import static io.pulzar.polyglot.wall.SystemCall.PIDFD_OPEN;
import static io.pulzar.polyglot.wall.SystemCall.PTRACE;
import static io.pulzar.polyglot.wall.SystemCall.RT_SIGQUEUEINFO;
import static io.pulzar.polyglot.wall.SystemCall.SOCKET;
import static io.pulzar.polyglot.wall.SystemCall.TGKILL;
import static io.pulzar.polyglot.wall.SystemCall.TRUNCATE;
import static io.pulzar.polyglot.wall.SystemCall.UNSHARE;
import static io.pulzar.polyglot.wall.SystemCall.USERFAULTFD;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.TypeLiteral;

/**
 * A worker without the sandbox: a program that has come out of it, and tries everything on the
 * server. Says in one line each what it got.
 */
final class Burglar {

  private static final String GOT = "GOT ";
  private static final String REFUSED = "refused ";

  private static final int CONTINUE = 18;
  private static final int SEIZE = 0x4206;
  private static final int NEW_USER_NAMESPACE = 0x10000000;
  private static final int NETLINK = 16;
  private static final int PACKETS = 17;
  private static final int IPV4 = 2;
  private static final int DATAGRAM = 2;
  private static final int RAW = 3;

  private static final String IN_PYTHON =
      """
      import java
      import os

      def attempt(action):
          try:
              return str(action())
          except BaseException as e:
              return 'refused ' + type(e).__name__

      def all_of(server, home):
          Files, Path = java.type('java.nio.file.Files'), java.type('java.nio.file.Path')
          return [
              'python opens a secret: ' + attempt(lambda: open(home + '/secret').read()),
              'python lists the home: ' + attempt(lambda: os.listdir(home)),
              'python reads environ: ' + attempt(lambda: open(f'/proc/{server}/environ').read()),
              'python uses Java: ' + attempt(lambda: Files.readString(Path.of(home + '/secret'))),
              'python starts a program: '
              + attempt(lambda: java.type('java.lang.ProcessBuilder')('/bin/true').start().pid()),
          ]

      all_of
      """;

  private final long server;
  private final Path home;
  private final Path scratch;
  private final int port;
  private final List<String> serversSockets;

  private Burglar(String... arguments) {
    this.server = Long.parseLong(arguments[0]);
    this.home = Path.of(arguments[1]);
    this.scratch = Path.of(arguments[2]);
    this.port = Integer.parseInt(arguments[3]);
    this.serversSockets = List.of(arguments[5].split(",", -1));
  }

  /**
   * Tries everything, and says so on standard output.
   *
   * @param arguments the server's process id, its home, an own directory, the server's port,
   *     whether to try it from Python too, and the names of the server's sockets
   */
  public static void main(String[] arguments) throws Exception {
    if (Boolean.getBoolean("pulzar.wall")) {
      // As WorkerMain does.
      Wall.startNoMoreProcesses();
    }
    Burglar burglar = new Burglar(arguments);
    burglar.inheritance();
    burglar.files();
    burglar.processes();
    burglar.sockets();
    burglar.kernel();
    if (Boolean.parseBoolean(arguments[4])) {
      burglar.python();
    }
  }

  private void files() {
    Path secret = home.resolve("secret");
    attempt("read a secret", () -> Files.readString(secret));
    attempt("read a secret from a thread of a pool", () -> inPool(() -> Files.readString(secret)));
    attempt("read a secret through itself", () -> Files.readString(root("self", secret)));
    attempt("list the home", () -> list(home));
    attempt("write into the home", () -> Files.writeString(home.resolve("planted"), "x"));
    attempt("move in the home", () -> Files.move(secret, home.resolve("moved")));
    attempt("move it back", () -> Files.move(home.resolve("moved"), secret));
    attempt("make a link", () -> Files.createSymbolicLink(scratch.resolve("link"), secret));
    attempt("make a second name", () -> Files.createLink(scratch.resolve("name"), secret));
    attempt("cut a file off", () -> call(TRUNCATE, text(home.resolve("log").toString()), 0));
    attempt("read the users", () -> Files.readString(Path.of("/etc/passwd")).length());
  }

  private void processes() {
    String there = Long.toString(server);
    attempt("read the environment", () -> Files.readString(Path.of("/proc", there, "environ")));
    attempt("open the memory", () -> memory(there));
    attempt("read a secret through the server", () -> Files.readString(root(there, secret())));
    attempt("see its open files", () -> Files.readSymbolicLink(Path.of("/proc", there, "fd/0")));
    attempt("send a signal", () -> call(KILL, server, CONTINUE));
    attempt("send a signal to a thread", () -> call(TGKILL, server, server, CONTINUE));
    attempt("send a signal to the group", () -> call(KILL, 0, CONTINUE));
    attempt("queue a signal", () -> call(RT_SIGQUEUEINFO, server, CONTINUE, text("x".repeat(128))));
    attempt("open the process", () -> call(PIDFD_OPEN, server, 0));
    attempt("trace it", () -> call(PTRACE, SEIZE, server, 0, 0));
    attempt("start a program", () -> new ProcessBuilder("/bin/true").start().waitFor());
    attempt("start a shell", () -> new ProcessBuilder("/bin/sh", "-c", "exit 0").start().waitFor());
  }

  private void sockets() {
    attempt("connect to a local socket", () -> connect(home.resolve("socket")));
    attempt("talk to the kernel's network", () -> call(SOCKET, NETLINK, RAW, 0));
    attempt("read packets", () -> call(SOCKET, PACKETS, RAW, 0));
    attempt("write packets", () -> call(SOCKET, IPV4, RAW, 1));
    allow("connect over TCP", this::connected);
    allow("make a socket for UDP", () -> call(SOCKET, IPV4, DATAGRAM, 0));
  }

  private void kernel() {
    attempt("make a namespace", () -> call(UNSHARE, NEW_USER_NAMESPACE));
    attempt(
        "set up a ring", () -> call(IO_URING_SETUP, 8, text("x".repeat(120).replace('x', '\0'))));
    attempt("load a program into the kernel", () -> call(BPF, 0, 0, 0));
    attempt("watch page faults", () -> call(USERFAULTFD, 1));
    attempt("count events", () -> call(PERF_EVENT_OPEN, text("\0".repeat(128)), 0, -1, -1));
  }

  private static long list(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.count();
    }
  }

  private void inheritance() {
    attempt("have a socket of the server", this::inheritedSocket);
    attempt(
        "have the server's environment",
        () -> Objects.requireNonNull(System.getenv().get("PULZAR_SECRET")));
    allow("write a file of its own", () -> Files.writeString(scratch.resolve("own"), "x"));
    allow("run a thread", () -> inPool(() -> "ran"));
  }

  private void python() {
    try (Context context = Context.newBuilder("python").allowAllAccess(true).build()) {
      context
          .eval("python", IN_PYTHON)
          .execute(server, home.toString())
          .as(new TypeLiteral<List<String>>() {})
          .forEach(System.out::println);
    }
  }

  private Path secret() {
    return home.resolve("secret");
  }

  private boolean connected() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    }
  }

  private static boolean connect(Path socket) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      return channel.isConnected();
    }
  }

  private static long memory(String process) throws IOException {
    try (RandomAccessFile memory = new RandomAccessFile("/proc/" + process + "/mem", "r")) {
      return memory.getFilePointer();
    }
  }

  private static Path root(String process, Path file) {
    return Path.of("/proc", process, "root" + file);
  }

  private String inheritedSocket() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      for (Path descriptor : open.toList()) {
        if (Files.isSymbolicLink(descriptor)) {
          String target = Files.readSymbolicLink(descriptor).toString();
          if (serversSockets.contains(target)) {
            return target;
          }
        }
      }
    }
    throw new IOException("none");
  }

  private static long text(String text) {
    return Arena.global().allocateFrom(text).address();
  }

  private static long call(SystemCall call, long... arguments) throws IOException {
    int number = Processor.ofThisMachine().orElseThrow().number(call);
    long result = SystemCalls.call(number, arguments);
    if (result < 0) {
      throw new IOException("error " + -result);
    }
    return result;
  }

  private static <T> T inPool(Callable<T> action) throws Exception {
    try {
      return ForkJoinPool.commonPool().submit(action).get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  private static void attempt(String what, Callable<?> action) {
    try {
      System.out.println(what + ": " + GOT + action.call());
    } catch (Exception e) {
      System.out.println(what + ": " + REFUSED + e);
    }
  }

  private static void allow(String what, Callable<?> action) {
    try {
      System.out.println("may " + what + ": ok " + action.call());
    } catch (Exception e) {
      System.out.println("may " + what + ": MISSING " + e);
    }
  }
}
