package io.pulzar.polyglot;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The host's own Python, as a second kind of worker. It starts when a script first asks for it.
 *
 * @param program a Python of 3.9 or newer; by default the virtual environment's, or {@code python3}
 *     on the path
 * @param environment a virtual environment with packages for scripts; it need not exist
 * @param packages a folder with packages for scripts of single directories; it need not exist
 * @param max runs that may go on at the same time
 * @param preload modules that are imported once, before any run
 */
public record CpythonSettings(
    Optional<Path> program, Path environment, Path packages, int max, List<String> preload) {

  public CpythonSettings {
    environment = environment.toAbsolutePath().normalize();
    packages = packages.toAbsolutePath().normalize();
    preload = List.copyOf(preload);
    if (max < 1) {
      throw new IllegalArgumentException("pulzar.cpython.max must be 1 or more, got " + max);
    }
  }
}
