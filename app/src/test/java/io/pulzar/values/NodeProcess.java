package io.pulzar.values;

import io.pulzar.TestServer;
import java.io.IOException;
import java.nio.file.Path;

/** A whole server, or one role of it, as a process of its own that ends with its standard input. */
final class NodeProcess {

  private NodeProcess() {}

  /**
   * Serves until its standard input ends.
   *
   * @param arguments the directory, then settings as name=value
   */
  public static void main(String[] arguments) throws IOException {
    TestServer.Preparation preparation = TestServer.in(Path.of(arguments[0]));
    for (int i = 1; i < arguments.length; i++) {
      int equals = arguments[i].indexOf('=');
      preparation.set(arguments[i].substring(0, equals), arguments[i].substring(equals + 1));
    }
    TestServer server = preparation.start();
    System.out.println("ready");
    while (System.in.read() >= 0) {
      // Until the test closes it, or is gone.
    }
    server.close();
  }
}
