package io.pulzar.polyglot.runtimeimage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.spi.ToolProvider;

/**
 * Links a Java runtime that has the interface for a compiler, but not the JDK's own one in whose
 * place the Graal compiler would have to be put: archives of classes work with it. The server runs
 * on it too.
 */
final class JavaRuntime {

  static final List<String> MODULES =
      List.of(
          "java.se",
          "jdk.accessibility",
          "jdk.attach",
          "jdk.charsets",
          "jdk.crypto.cryptoki",
          "jdk.crypto.ec",
          "jdk.dynalink",
          "jdk.httpserver",
          "jdk.internal.vm.ci",
          "jdk.jcmd",
          "jdk.jfr",
          "jdk.localedata",
          "jdk.management",
          "jdk.management.agent",
          "jdk.management.jfr",
          "jdk.naming.dns",
          "jdk.net",
          "jdk.nio.mapmode",
          "jdk.sctp",
          "jdk.security.auth",
          "jdk.unsupported",
          "jdk.xml.dom",
          "jdk.zipfs");

  private JavaRuntime() {}

  static void link(Path javaHome, Path runtime) throws IOException {
    FileTree.delete(runtime);
    Optional<ToolProvider> jlink = ToolProvider.findFirst("jlink");
    if (jlink.isEmpty()) {
      warn("the Java in " + javaHome + " has no jlink");
      return;
    }
    int code =
        jlink
            .get()
            .run(
                System.out,
                System.err,
                "--add-modules",
                String.join(",", MODULES),
                "--no-header-files",
                "--no-man-pages",
                "--output",
                runtime.toString());
    if (code != 0) {
      FileTree.delete(runtime);
      warn("jlink failed");
      return;
    }
    dumpArchive(runtime);
  }

  /** Other than a whole JDK, a linked runtime comes without the archive of its own classes. */
  private static void dumpArchive(Path runtime) throws IOException {
    Process process =
        new ProcessBuilder(runtime.resolve("bin/java").toString(), "-Xshare:dump", "-Xlog:disable")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (process.waitFor() != 0) {
        warn("its archive of classes could not be written, so Java starts more slowly");
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw new IOException("interrupted", e);
    }
  }

  private static void warn(String reason) {
    System.err.println("image: no Java runtime of its own (" + reason + "): slower starts");
  }
}
