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
  private static final List<KnownScript> NONE = List.of();

  private record Last(List<KnownScript> own, List<KnownScript> got, List<KnownScript> all) {}

  private final Distribution distribution;
  private Last last = new Last(NONE, NONE, NONE);

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

  /** By path. The same list again as long as nothing has changed. */
  @SuppressWarnings("ReferenceEquality") // a catalog gives the same list until it changes
  synchronized List<KnownScript> list() {
    List<KnownScript> here = own.list();
    List<KnownScript> got = got();
    if (here != last.own() || got != last.got()) {
      last = new Last(here, got, merged(here, got));
    }
    return last.all();
  }

  private List<KnownScript> got() {
    Optional<ScriptTree> tree = distribution.use();
    List<KnownScript> scripts = tree.map(known -> known.catalog().list()).orElse(NONE);
    tree.ifPresent(ScriptTree::release);
    return scripts;
  }

  private static List<KnownScript> merged(List<KnownScript> own, List<KnownScript> got) {
    Map<String, KnownScript> all = new TreeMap<>();
    got.forEach(script -> all.put(script.path(), script));
    own.forEach(script -> all.put(script.path(), script));
    return List.copyOf(all.values());
  }
}
