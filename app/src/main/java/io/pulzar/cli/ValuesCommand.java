package io.pulzar.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pulzar values}, {@code pulzar values move|stop}. */
@Command(
    name = "values",
    description = "Moves the bytes of values between the disks of nodes and the bucket.")
public final class ValuesCommand extends ClientCommand {

  private static final String PATH = "/admin/values/move";
  private static final String WAITS_FOR = "waits_for";
  private static final long LOOK_MILLIS = 300;
  private static final double MEGABYTE = 1 << 20;

  public ValuesCommand(CommandContext context) {
    super(context);
  }

  /** Without a word behind it the command says how far it is. */
  @Override
  public Integer call() {
    return ask(server -> tell(Fields.object(server.get(PATH))));
  }

  @Command(description = "Has values moved to where new ones are kept.")
  int move(
      @Option(
              names = "--node",
              paramLabel = "NODE",
              description = "only those of this node's disk; all unless told")
          Optional<String> node,
      @Option(names = "--wait", description = "waits until it has ended") boolean wait) {
    String path = PATH + new UrlText.Query().with("node", node);
    return ask(
        server -> {
          Map<?, ?> report = Fields.object(server.post(path, null));
          return wait ? tell(ended(server, report)) : begun(report);
        });
  }

  @Command(description = "Stops that; what was moved stays moved.")
  int stop() {
    return ask(server -> tell(Fields.object(server.delete(PATH))));
  }

  private int begun(Map<?, ?> report) {
    if (output().isJson()) {
      output().json(report);
    } else {
      output().line("values are moved to the " + report.get("to") + "; see pulzar values");
    }
    return ExitStatus.DONE.code();
  }

  private Map<?, ?> ended(ServerClient server, Map<?, ?> begun) {
    Map<?, ?> report = begun;
    String told = "";
    long shown = 0;
    try (Progress progress = Progress.start(terminal(), "move")) {
      while (List.of("moving", "waiting").contains(Fields.text(report, "state"))) {
        long moved = bytes(report, "moved");
        progress.of(moved + bytes(report, "left")).moved(Math.max(0, moved - shown));
        shown = Math.max(shown, moved);
        String waits = Fields.text(report, WAITS_FOR);
        if (!waits.isEmpty() && !waits.equals(told)) {
          terminal().err().println("goes on by itself later: " + waits);
          told = waits;
        }
        Thread.sleep(LOOK_MILLIS);
        report = Fields.object(server.get(PATH));
      }
      return report;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RefusedException("interrupted; the master moves on");
    }
  }

  private int tell(Map<?, ?> report) {
    Map<?, ?> stuck = Fields.object(report.get("stuck"));
    long count = Fields.number(stuck.get("count"));
    if (output().isJson()) {
      output().json(report);
    } else {
      output().line(sentence(report));
      String waits = Fields.text(report, WAITS_FOR);
      if (!waits.isEmpty()) {
        output().line("goes on by itself later: " + waits);
      }
      if (count > 0) {
        output().line(count + " can't be moved");
        if (stuck.get("keys") instanceof List<?> keys) {
          keys.forEach(key -> output().line("  " + key));
        }
      }
    }
    return count > 0 ? ExitStatus.FAILED.code() : ExitStatus.DONE.code();
  }

  private static String sentence(Map<?, ?> report) {
    String state = Fields.text(report, "state");
    if (state.equals("none")) {
      return "no values are moved; new ones go to the " + report.get("to");
    }
    String node = Fields.text(report, "node");
    return "moving values%s to the %s %s: %s moved, %s left"
        .formatted(
            node.isEmpty() ? "" : " of node " + node,
            report.get("to"),
            switch (state) {
              case "ended" -> "has ended";
              case "stopped" -> "was stopped";
              case "waiting" -> "waits";
              default -> "goes on";
            },
            amount(report, "moved"),
            amount(report, "left"));
  }

  private static String amount(Map<?, ?> report, String what) {
    return String.format(
        Locale.ROOT,
        "%d values of %.1f MB",
        Fields.number(Fields.object(report.get(what)).get("values")),
        bytes(report, what) / MEGABYTE);
  }

  private static long bytes(Map<?, ?> report, String what) {
    return Fields.number(Fields.object(report.get(what)).get("bytes"));
  }
}
