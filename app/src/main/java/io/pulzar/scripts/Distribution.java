package io.pulzar.scripts;

import io.pulzar.polyglot.LeftBehind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The scripts that a node gets from its master, beside its own directory and never in it.
 *
 * <p>Files are kept by their content; each state of all files is a directory of links to them that
 * takes the place of the one before as a whole. What is on the disk is only a cache: jobs come from
 * the master, so that whoever gets one can ask for the scripts too.
 */
final class Distribution {

  private final Path directory;
  private final FetchedFiles files;
  private final Clock clock;
  private volatile @Nullable ScriptTree current;
  private long made;

  /**
   * @param kept how long files stay that the master does not list any more
   */
  Distribution(Path directory, Clock clock, Duration kept) {
    this.directory = directory;
    this.files = new FetchedFiles(directory.resolve("files"), clock, kept);
    this.clock = clock;
  }

  /** The digest of what is here; empty when nothing is. */
  String digest() {
    ScriptTree tree = current;
    return tree == null ? "" : tree.digest();
  }

  /** The latest state, which stays until its user releases it. */
  Optional<ScriptTree> use() {
    for (ScriptTree tree = current; tree != null; tree = current) {
      if (tree.use()) {
        return Optional.of(tree);
      }
    }
    return Optional.empty();
  }

  /**
   * Brings this node to a state of the master's files.
   *
   * @throws IOException when a file could not be fetched or kept; the state before goes on
   */
  synchronized void follow(Manifest manifest, FetchedFiles.Source source) throws IOException {
    Path trees = directory.resolve("trees");
    if (made == 0) {
      LeftBehind.remove(trees);
    }
    ScriptTree next = manifest.files().isEmpty() ? null : build(trees, manifest, source);
    ScriptTree before = current;
    current = next;
    if (before != null) {
      before.release();
    }
    files.keepOnly(
        manifest.files().stream().map(Manifest.File::sha256).collect(Collectors.toSet()));
  }

  private ScriptTree build(Path trees, Manifest manifest, FetchedFiles.Source source)
      throws IOException {
    made++;
    Path root = trees.resolve(Long.toString(made)).toAbsolutePath().normalize();
    try {
      for (Manifest.File file : manifest.files()) {
        Path target = root.resolve(file.path()).normalize();
        if (!target.startsWith(root)) {
          throw new IOException(file.path() + " is not below the jobs directory");
        }
        Files.createDirectories(target.getParent());
        Files.createLink(target, files.get(file.sha256(), source));
      }
    } catch (IOException | RuntimeException e) {
      LeftBehind.remove(root);
      throw e;
    }
    return new ScriptTree(manifest.digest(), root, clock);
  }
}
