package io.pulzar;

import java.util.List;

/** A window for a process: a pseudo-terminal, by the Python of this machine. */
final class Pty {

  private static final String PROGRAM =
      """
      import fcntl, os, pty, struct, sys, termios
      child, window = pty.fork()
      if child == 0:
          fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack('HHHH', 24, int(sys.argv[1]), 0, 0))
          os.execvp(sys.argv[2], sys.argv[2:])
      while True:
          try:
              shown = os.read(window, 65536)
          except OSError:
              break
          if not shown:
              break
          sys.stdout.buffer.write(shown)
      sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
      """;

  private Pty() {}

  /** What runs the rest of its line in a window of so many columns, and prints what is shown. */
  static List<String> ofWidth(int columns) {
    return List.of("python3", "-c", PROGRAM, Integer.toString(columns));
  }
}
