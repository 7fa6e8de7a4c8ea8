package io.pulzar.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a consistency check found, in words.
 *
 * @param isWell whether nothing is wrong any more
 */
record CheckReport(List<String> lines, boolean isWell) {

  private static final String UNREADABLE = "unreadable";
  private static final String DAMAGED = "damaged";

  /** The findings of a report, in words, and what the repair did about them. */
  private static final List<List<String>> KINDS =
      List.of(
          List.of(DAMAGED, "values are damaged", "delete them, or restore a backup"),
          List.of("spoiled", "copies are damaged", "made again from another"),
          List.of("missing", "copies are missing", "copied"),
          List.of("lost", "keys have no value on their node", "removed"),
          List.of("unlisted", "values had no key", "listed again"),
          List.of("outdated", "values had been replaced", "removed"),
          List.of("different", "keys had other facts than their node", "corrected"),
          List.of(UNREADABLE, "records can't be read", "restore a backup"));

  static CheckReport of(Map<?, ?> report, boolean fixed) {
    List<String> lines = new ArrayList<>();
    lines.add("%s values, %s bytes".formatted(report.get("values"), report.get("bytes")));
    boolean well = true;
    for (List<String> kind : KINDS) {
      Map<?, ?> findings = Fields.object(report.get(kind.getFirst()));
      long count = Fields.number(findings.get("count"));
      if (count > 0) {
        boolean repairable = !List.of(DAMAGED, UNREADABLE).contains(kind.getFirst());
        well &= repairable && fixed;
        lines.add(count + " " + kind.get(1) + (repairable && !fixed ? "" : ": " + kind.get(2)));
        if (findings.get("keys") instanceof List<?> keys) {
          keys.forEach(key -> lines.add("  " + key));
        }
      }
    }
    long files = Fields.number(report.get("files"));
    if (files > 0) {
      well &= fixed;
      lines.add(
          files + " files belong to no value" + (fixed ? ": taken in again or set aside" : ""));
    }
    long open = Fields.number(report.get("open"));
    if (open > 0) {
      well = false;
      lines.add(open + " copies can't be made: too few nodes are online to take them");
    }
    if (report.get("unreachable") instanceof List<?> nodes && !nodes.isEmpty()) {
      well = false;
      lines.add("not looked at, because they do not answer: " + nodes);
    }
    if (well) {
      lines.add("all is well");
    } else if (!fixed) {
      lines.add("pulzar check --fix repairs what can be repaired");
    }
    return new CheckReport(List.copyOf(lines), well);
  }
}
