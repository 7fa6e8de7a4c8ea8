package io.pulzar.cli;

import io.pulzar.settings.Settings;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code pulzar check --fix}. */
public final class CheckCommand extends ClientCommand {

  private static final String FIX = "--fix";
  private static final String UNREADABLE = "unreadable";
  private static final String PATH = "/admin/check";
  private static final long LOOK_MILLIS = 200;

  /** The findings of a report, in words, and what the repair did about them. */
  private static final List<List<String>> KINDS =
      List.of(
          List.of("damaged", "values are damaged", "delete them, or restore a backup"),
          List.of("spoiled", "copies are damaged", "made again from another"),
          List.of("missing", "copies are missing", "copied"),
          List.of("lost", "keys have no value on their node", "removed"),
          List.of("unlisted", "values had no key", "listed again"),
          List.of("outdated", "values had been replaced", "removed"),
          List.of("different", "keys had other facts than their node", "corrected"),
          List.of(UNREADABLE, "records can't be read", "restore a backup"));

  public CheckCommand(Supplier<Settings> settings, PrintStream out, PrintStream err) {
    super(settings, out, err);
  }

  @Override
  public String name() {
    return "check";
  }

  @Override
  public String synopsis() {
    return "[--fix] [--server URL]";
  }

  @Override
  public String summary() {
    return "reads every value, compares the keys with the nodes, and with --fix repairs";
  }

  @Override
  Set<String> flags() {
    return Set.of(FIX);
  }

  @Override
  int run(Arguments arguments, ServerClient server, PrintStream out) {
    boolean fix = arguments.has(FIX);
    server.post(PATH + "?fix=" + fix, null);
    Map<?, ?> state = object(server.get(PATH));
    try {
      while ("running".equals(state.get("state"))) {
        Thread.sleep(LOOK_MILLIS);
        state = object(server.get(PATH));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
    if (!"ended".equals(state.get("state"))) {
      throw new RefusedException("the check failed; the master's log tells why");
    }
    return tell(object(state.get("report")), fix, out) ? 0 : 1;
  }

  /** Prints a report; answers whether nothing is wrong any more. */
  private static boolean tell(Map<?, ?> report, boolean fixed, PrintStream out) {
    out.printf("%s values, %s bytes%n", report.get("values"), report.get("bytes"));
    boolean well = true;
    for (List<String> kind : KINDS) {
      Map<?, ?> findings = object(report.get(kind.getFirst()));
      long count = number(findings.get("count"));
      if (count > 0) {
        boolean repairable =
            !kind.getFirst().equals("damaged") && !kind.getFirst().equals(UNREADABLE);
        well &= repairable && fixed;
        out.printf("%d %s%s%n", count, kind.get(1), repairable && !fixed ? "" : ": " + kind.get(2));
        if (findings.get("keys") instanceof List<?> keys) {
          keys.forEach(key -> out.println("  " + key));
        }
      }
    }
    long files = number(report.get("files"));
    if (files > 0) {
      well &= fixed;
      out.printf(
          "%d files belong to no value%s%n", files, fixed ? ": taken in again or set aside" : "");
    }
    long open = number(report.get("open"));
    if (open > 0) {
      well = false;
      out.printf("%d copies can't be made: too few nodes are online to take them%n", open);
    }
    if (report.get("unreachable") instanceof List<?> nodes && !nodes.isEmpty()) {
      well = false;
      out.println("not looked at, because they do not answer: " + nodes);
    }
    if (!well && !fixed) {
      out.println("pulzar check --fix repairs what can be repaired");
    } else if (well) {
      out.println("all is well");
    }
    return well;
  }

  private static long number(@Nullable Object value) {
    return value instanceof Number number ? number.longValue() : 0;
  }
}
