package io.pulzar.editor;

import io.pulzar.polyglot.LeftBehind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory of scripts with a draft in the place of one of them, for one run: what the script
 * imports is there, and nobody else sees the draft.
 */
final class DraftTree implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DraftTree.class);
  private static final String COMPILED = "__pycache__";

  private final Path root;

  private DraftTree(Path root) {
    this.root = root;
  }

  /**
   * Makes one.
   *
   * @param drafts a directory that the workers can read
   * @param originals the scripts around it; links and hidden files are left out
   */
  static DraftTree make(Path drafts, Path originals, SourceFile file, String source)
      throws IOException {
    DraftTree tree = new DraftTree(drafts.resolve(UUID.randomUUID().toString()));
    boolean made = false;
    try {
      Files.createDirectories(tree.root);
      if (Files.isDirectory(originals)) {
        Files.walkFileTree(originals, new Copier(originals, tree.root));
      }
      Path draft = tree.root.resolve(file.path() + ".py");
      Files.createDirectories(Objects.requireNonNull(draft.getParent()));
      // The name may be a link to the original by now, which must not be written into.
      Files.deleteIfExists(draft);
      Files.writeString(draft, source, StandardCharsets.UTF_8);
      made = true;
      return tree;
    } finally {
      if (!made) {
        tree.close();
      }
    }
  }

  Path root() {
    return root;
  }

  @Override
  public void close() {
    try {
      LeftBehind.remove(root);
    } catch (IOException e) {
      LOG.warn("{} stays until the next start: {}", root, e.toString());
    }
  }

  /**
   * Empties the directory of what a server left that was killed. The directory itself stays: the
   * wall of workers that run already lets them into this one, and not into another of its name.
   */
  static void removeAll(Path drafts) {
    try {
      LeftBehind.clear(Files.createDirectories(drafts));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Links what is on the same file system, and copies the rest. */
  private static final class Copier extends SimpleFileVisitor<Path> {

    private final Path from;
    private final Path to;

    Copier(Path from, Path to) {
      this.from = from;
      this.to = to;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
        throws IOException {
      String name = directory.getFileName().toString();
      if (!directory.equals(from) && (name.startsWith(".") || name.equals(COMPILED))) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      Files.createDirectories(copy(directory));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (attributes.isRegularFile() && !file.getFileName().toString().startsWith(".")) {
        try {
          Files.createLink(copy(file), file);
        } catch (IOException | UnsupportedOperationException elsewhere) {
          Files.copy(file, copy(file));
        }
      }
      return FileVisitResult.CONTINUE;
    }

    private Path copy(Path original) {
      return to.resolve(from.relativize(original).toString());
    }
  }
}
