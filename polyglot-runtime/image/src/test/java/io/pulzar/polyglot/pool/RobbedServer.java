package io.pulzar.polyglot.pool;

import io.pulzar.polyglot.RuntimeSettings;
import io.pulzar.polyglot.RuntimeSettings.Confinement;
import io.pulzar.polyglot.RuntimeSettings.WallMode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A server with something to steal, that starts a burglar as a worker and passes on what that says.
 * A process of its own, so that it can run as any user.
 */
final class RobbedServer {

  private RobbedServer() {}

  /**
   * Serves until the burglar is through.
   *
   * @param arguments the runtime image, an empty directory, the wall, and whether Python takes part
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path home = Files.createDirectory(Path.of(arguments[1]).resolve("home"));
    Path scratch = Files.createDirectory(Path.of(arguments[1]).resolve("scratch"));
    Files.writeString(home.resolve("secret"), "the secret");
    Files.writeString(home.resolve("log"), "what happened");
    List<Path> classPath =
        Stream.of(System.getProperty("java.class.path").split(":", -1)).map(Path::of).toList();
    RuntimeSettings settings =
        RuntimeSettings.defaults(Path.of(arguments[0]), Path.of(arguments[0]), scratch);
    settings =
        new RuntimeSettings(
            settings.places(),
            settings.workers(),
            settings.shape(),
            settings.patience(),
            settings.images(),
            new Confinement(WallMode.valueOf(arguments[2]), classPath, 4096));
    try (ServerSocket tcp = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        ServerSocketChannel local = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      local.bind(UnixDomainSocketAddress.of(home.resolve("socket")));
      Process burglar =
          WorkerCommand.of(settings)
              .running(
                  classPath,
                  List.of(
                      "io.pulzar.polyglot.wall.Burglar",
                      Long.toString(ProcessHandle.current().pid()),
                      home.toString(),
                      scratch.toString(),
                      Integer.toString(tcp.getLocalPort()),
                      arguments[3],
                      String.join(",", sockets())))
              .start(512L << 20);
      Thread.ofPlatform().start(() -> pass(burglar));
      burglar.getInputStream().transferTo(System.out);
      System.out.println("exit " + burglar.waitFor());
    }
    System.out.println("log: " + Files.readString(home.resolve("log")));
  }

  private static List<String> sockets() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      List<String> found = new ArrayList<>();
      for (Path descriptor : open.filter(Files::isSymbolicLink).toList()) {
        String target = Files.readSymbolicLink(descriptor).toString();
        if (target.startsWith("socket:")) {
          found.add(target);
        }
      }
      if (found.size() < 2) {
        throw new IllegalStateException("the server has two sockets, and only sees " + found);
      }
      return found;
    }
  }

  private static void pass(Process process) {
    try {
      process.getErrorStream().transferTo(System.out);
    } catch (IOException e) {
      System.out.println("its errors are lost: " + e);
    }
  }
}
