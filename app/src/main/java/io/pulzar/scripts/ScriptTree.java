package io.pulzar.scripts;

import io.pulzar.polyglot.LeftBehind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One state of the distributed scripts, in a directory that never changes: a run that began with it
 * sees nothing of a later one. It is deleted when a later one has taken its place and no run uses
 * it any more.
 */
final class ScriptTree {

  private static final Logger LOG = LoggerFactory.getLogger(ScriptTree.class);

  private final String digest;
  private final Path root;
  private final ScriptCatalog catalog;
  private int users = 1;

  /** Its maker is the first user. */
  ScriptTree(String digest, Path root, Clock clock) {
    this.digest = digest;
    this.root = root;
    this.catalog = new ScriptCatalog(root, clock, () -> 0);
  }

  String digest() {
    return digest;
  }

  Path root() {
    return root;
  }

  ScriptCatalog catalog() {
    return catalog;
  }

  /** Answers false when it is deleted already. */
  synchronized boolean use() {
    if (users == 0) {
      return false;
    }
    users++;
    return true;
  }

  synchronized void release() {
    users--;
    if (users == 0) {
      try {
        LeftBehind.remove(root);
      } catch (IOException e) {
        LOG.warn("{} stays until the next start: {}", root, e.toString());
      }
    }
  }
}
