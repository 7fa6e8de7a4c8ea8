package io.pulzar.jobs;

import java.util.Optional;

/** Where stored values are; implemented by the feature that keeps them. */
public interface StoredData {

  /**
   * The name of the node that holds a key's value.
   *
   * @param key as scripts write it, {@code /path/to/my_key.key}
   */
  Optional<String> nodeHolding(String key);
}
