package io.pulzar.cli;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pulzar keys /reports/ --long}. */
@Command(name = "keys", description = "Lists keys, in their order.")
public final class KeysCommand extends ClientCommand {

  private static final int PAGE = 500;

  @Parameters(
      arity = "0..1",
      paramLabel = "PREFIX",
      description = "only those that begin with it, as /reports/")
  private Optional<String> prefix = Optional.empty();

  @Option(
      names = {"-l", "--long"},
      description = "each with its size, date, node and end")
  private boolean isLong;

  @Option(names = "--limit", paramLabel = "N", description = "how many at most; all unless told")
  private long limit = Long.MAX_VALUE;

  public KeysCommand(CommandContext context) {
    super(context);
  }

  /** A page at a time is printed: there may be more keys than memory. */
  @Override
  public Integer call() {
    return ask(
        server -> {
          long left = limit;
          boolean isFirst = true;
          Optional<?> after = Optional.of("");
          while (after.isPresent() && left > 0) {
            UrlText.Query query =
                new UrlText.Query()
                    .with("prefix", prefix)
                    .with("after", after.get())
                    .with("limit", Math.min(PAGE, left));
            Map<?, ?> page = Fields.object(server.get("/keys" + query));
            List<Map<?, ?>> rows = Fields.objects(page.get("keys"));
            if (!rows.isEmpty()) {
              print(rows, isFirst);
              isFirst = false;
            }
            left -= rows.size();
            after = Optional.ofNullable(page.get("next"));
          }
          if (output().isJson()) {
            output().line(isFirst ? "[]" : "]");
          }
          return ExitStatus.DONE.code();
        });
  }

  private void print(List<Map<?, ?>> rows, boolean isFirst) {
    if (output().isJson()) {
      String separator = isFirst ? "[" : ",";
      for (Map<?, ?> row : rows) {
        output().line(separator + JsonText.of(row));
        separator = ",";
      }
    } else if (isLong) {
      // The same widths on each page, and the key, which may be of any length, at the end.
      Table table =
          new Table(
              "!BYTES       ",
              "!WRITTEN" + " ".repeat(18),
              "!EXPIRES" + " ".repeat(18),
              "NODE        ",
              "KEY");
      for (Map<?, ?> row : rows) {
        table.row(
            row.get("size"),
            row.get("date"),
            Objects.requireNonNullElse(row.get("expires"), "never"),
            row.get("node"),
            row.get("key"));
      }
      output().table(isFirst ? table : table.withoutHeadings());
    } else {
      rows.forEach(row -> output().line(Fields.text(row, "key")));
    }
  }
}
