package io.pulzar.scripts;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The scripts that a node can run: those of its own directory, and those that it got. */
public final class NodeScripts {

  private final Path root;
  private final ScriptCatalog own;
  private final Distribution distribution;

  NodeScripts(Path root, ScriptCatalog own, Distribution distribution) {
    this.root = root;
    this.own = own;
    this.distribution = distribution;
  }

  /** Where a run finds its script; does not change until it is closed. */
  public interface Source extends AutoCloseable {

    /** The directory that the script's path starts from. */
    Path root();

    @Override
    void close();
  }

  private record Own(Path root) implements Source {
    @Override
    public void close() {
      // The directory is the node's own, and stays.
    }
  }

  private record Got(ScriptTree tree) implements Source {
    @Override
    public Path root() {
      return tree.root();
    }

    @Override
    public void close() {
      tree.release();
    }
  }

  /** The place of a script; the node's own comes first, also for what is nowhere. */
  public Source open(String path) {
    Optional<ScriptTree> tree = distribution.use();
    if (tree.isEmpty()) {
      return new Own(root);
    }
    if (own.find(path).isEmpty() && tree.get().catalog().find(path).isPresent()) {
      return new Got(tree.get());
    }
    tree.get().release();
    return new Own(root);
  }

  /** By path. */
  List<KnownScript> list() {
    Map<String, KnownScript> all = new TreeMap<>();
    distribution
        .use()
        .ifPresent(
            tree -> {
              tree.catalog().list().forEach(script -> all.put(script.path(), script));
              tree.release();
            });
    own.list().forEach(script -> all.put(script.path(), script));
    return List.copyOf(all.values());
  }
}
