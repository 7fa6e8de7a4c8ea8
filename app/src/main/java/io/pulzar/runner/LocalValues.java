package io.pulzar.runner;

import java.nio.file.Path;
import java.util.Optional;

/** Stored values of this node as files; implemented by the feature that keeps them. */
public interface LocalValues {

  /**
   * Makes a value readable as a file while a run goes on.
   *
   * @param key as scripts write it, {@code /path/to/my_key.key}
   * @return empty when this node does not hold it
   */
  Optional<Lent> lend(String key);

  /** A file that may be read until it is given back. */
  interface Lent extends AutoCloseable {

    Path file();

    @Override
    void close();
  }
}
