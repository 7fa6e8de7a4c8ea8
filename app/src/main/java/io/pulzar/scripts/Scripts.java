package io.pulzar.scripts;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All scripts that the master knows of: its own, and those that nodes reported. */
public final class Scripts {

  /**
   * A script that defines its class.
   *
   * @param nodes that have it, by name
   */
  public record Entry(String path, ScriptDocumentation documentation, List<String> nodes) {}

  private record Reported(String digest, Map<String, KnownScript> byPath) {}

  /** What was listed, and for what. */
  private record Listed(
      List<KnownScript> own,
      long reported,
      List<String> nodes,
      List<String> local,
      List<Entry> entries) {}

  private final ScriptCatalog own;
  private final Predicate<String> isHere;
  private final ConcurrentMap<String, Reported> reports = new ConcurrentSkipListMap<>();

  /** Changes with each report. */
  private final AtomicLong reported = new AtomicLong();

  private volatile Listed listed = new Listed(List.of(), -1, List.of(), List.of(), List.of());

  /**
   * @param own the master's directory
   * @param isHere whether the node of that name runs in this process, and so in that directory
   */
  public Scripts(ScriptCatalog own, Predicate<String> isHere) {
    this.own = own;
    this.isHere = isHere;
  }

  /** What a script says about itself; empty when neither the master nor a node has it. */
  public Optional<ScriptDocumentation> find(String path) {
    return own.find(path)
        .or(
            () ->
                elsewhere()
                    .flatMap(report -> Optional.ofNullable(report.byPath().get(path)).stream())
                    .findFirst()
                    .map(KnownScript::documentation));
  }

  /** The source of a script in the master's directory; empty where only nodes have it. */
  public Optional<ScriptCatalog.Source> source(String path) {
    return own.source(path);
  }

  /**
   * Whether a node has a script, as far as is known. What no node reported is taken to be in the
   * master's directory: a run that does not find it there says so where its author looks.
   */
  public boolean isOn(String node, String path) {
    if (isHere.test(node)) {
      return !isReported(path) || own.find(path).isPresent();
    }
    Reported report = reports.get(node);
    return report != null && report.byPath().containsKey(path);
  }

  private boolean isReported(String path) {
    return elsewhere().anyMatch(report -> report.byPath().containsKey(path));
  }

  /**
   * Every script that defines its class, by path.
   *
   * @param nodes whose having it is of interest
   */
  @SuppressWarnings("ReferenceEquality") // a catalog gives the same list until it changes
  public List<Entry> list(List<String> nodes) {
    List<KnownScript> here = own.list();
    List<String> local = nodes.stream().filter(isHere).toList();
    long state = reported.get();
    Listed last = listed;
    if (here != last.own()
        || state != last.reported()
        || !nodes.equals(last.nodes())
        || !local.equals(last.local())) {
      last = new Listed(here, state, nodes, local, list(here, nodes));
      listed = last;
    }
    return last.entries();
  }

  private List<Entry> list(List<KnownScript> here, List<String> nodes) {
    Map<String, KnownScript> all = new TreeMap<>();
    elsewhere().forEach(report -> report.byPath().forEach(all::putIfAbsent));
    here.forEach(script -> all.put(script.path(), script));
    Map<String, KnownScript> shared = byPath(here);
    return all.values().stream()
        .filter(KnownScript::hasClass)
        .map(
            script ->
                new Entry(
                    script.path(),
                    script.documentation(),
                    nodes.stream()
                        .filter(
                            node ->
                                isHere.test(node)
                                    ? shared.containsKey(script.path())
                                    : isOn(node, script.path()))
                        .toList()))
        .toList();
  }

  boolean isHere(String node) {
    return isHere.test(node);
  }

  /** Whether a node's last report is another than this. */
  boolean isNew(String node, String digest) {
    Reported known = reports.get(node);
    return !isHere.test(node) && (known == null || !known.digest().equals(digest));
  }

  void report(String node, List<KnownScript> scripts) {
    reports.put(node, new Reported(ScriptOperations.digest(scripts), byPath(scripts)));
    reported.incrementAndGet();
  }

  /** The node does not belong to the cluster any more. */
  void forget(String node) {
    reports.remove(node);
    reported.incrementAndGet();
  }

  /** A node of this process may report before it is known to be here; that does not count. */
  private Stream<Reported> elsewhere() {
    return reports.entrySet().stream()
        .filter(report -> !isHere.test(report.getKey()))
        .map(Map.Entry::getValue);
  }

  private static Map<String, KnownScript> byPath(List<KnownScript> scripts) {
    return scripts.stream()
        .collect(Collectors.toMap(KnownScript::path, script -> script, (one, other) -> one));
  }
}
