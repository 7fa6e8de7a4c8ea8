package io.pulzar.polyglot.runtimeimage;

import io.pulzar.polyglot.pool.ImageLayout;
import java.io.IOException;
import java.nio.file.Path;

/** Records the workers' ahead-of-time cache where a release was installed. */
final class AheadOfTime {

  private AheadOfTime() {}

  /**
   * Records it.
   *
   * @param arguments the directory of the image
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      throw new IllegalArgumentException("usage: IMAGE");
    }
    AotRecording.make(new ImageLayout(Path.of(arguments[0]).toAbsolutePath().normalize()));
  }
}
