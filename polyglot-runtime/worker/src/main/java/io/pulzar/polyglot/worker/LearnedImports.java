package io.pulzar.polyglot.worker;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which library modules each script has imported so far. The next context of the script imports
 * them before any of its code runs, so that what a run changes in them can be told from what they
 * are. Only names are kept, of the scripts that learned last.
 */
final class LearnedImports {

  private static final int MOST_SCRIPTS = 1_000;
  private static final int MOST_NAMES = 500;

  private final Map<String, Set<String>> names = new LinkedHashMap<>();

  /** The names of a script's modules, with commas between. */
  synchronized String of(String script) {
    return String.join(",", names.getOrDefault(script, Set.of()));
  }

  /** Adds names, with commas between. */
  synchronized void learn(String script, String imported) {
    Set<String> known = names.remove(script);
    if (known == null) {
      known = new LinkedHashSet<>();
      if (names.size() >= MOST_SCRIPTS) {
        names.remove(names.keySet().iterator().next());
      }
    }
    names.put(script, known);
    for (String name : List.of(imported.split(","))) {
      if (known.size() < MOST_NAMES) {
        known.add(name);
      }
    }
  }
}
