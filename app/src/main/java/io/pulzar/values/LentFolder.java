package io.pulzar.values;

import io.pulzar.polyglot.LeftBehind;
import io.pulzar.runner.LocalValues;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A value that is lent to a job.
 *
 * @param folder has nothing else in it, and goes when the job gives it back
 */
record LentFolder(Path folder, Path file) implements LocalValues.Lent {

  private static final Logger LOG = LoggerFactory.getLogger(LentFolder.class);

  @Override
  public void close() {
    try {
      LeftBehind.remove(folder);
    } catch (IOException e) {
      LOG.warn("{} stays until the next start: {}", folder, e.getMessage());
    }
  }
}
