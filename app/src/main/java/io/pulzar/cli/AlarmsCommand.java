package io.pulzar.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pulzar alarms list|add|remove|test}. */
@Command(
    name = "alarms",
    description = "Says who is told when scripts fail or are late, and what was told.")
public final class AlarmsCommand extends ClientCommand {

  private static final String ROUTE = "/admin/alarms";
  private static final String DELIVERIES = ROUTE + "/deliveries?limit=";
  private static final int USUAL_DELIVERIES = 20;

  /** What is added and removed. */
  enum Kind {
    RECEIVER,
    RULE;

    String route(String name) {
      if (!name.matches("[A-Za-z0-9._@-]+")) {
        throw new UsageException("'" + name + "' is not a name; list shows them");
      }
      return ROUTE + "/" + this + "s/" + name;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Where a receiver is, and what it gets. */
  static final class ReceiverOptions {

    @Option(names = "--webhook", paramLabel = "URL", description = "of a receiver of webhooks")
    private Optional<String> webhook = Optional.empty();

    @Option(
        names = "--secret",
        paramLabel = "new|whsec_…",
        description = "what webhooks are signed with")
    private Optional<String> secret = Optional.empty();

    @Option(names = "--body", paramLabel = "TEMPLATE", description = "of a webhook, see the docs")
    private Optional<String> body = Optional.empty();

    @Option(
        names = "--mail",
        split = ",",
        paramLabel = "ADDRESS",
        description = "of a receiver of mail; several may be given")
    private List<String> mail = List.of();

    private Map<String, Object> wish() {
      Map<String, Object> wish = new LinkedHashMap<>();
      webhook.ifPresent(url -> wish.put("webhook", url));
      secret.ifPresent(text -> wish.put("secret", text));
      body.ifPresent(template -> wish.put("body", template));
      if (!mail.isEmpty()) {
        wish.put("mail", mail);
      }
      return wish;
    }
  }

  /** Which runs a rule is about, and whom it tells. */
  static final class RuleOptions {

    @Option(names = "--to", split = ",", paramLabel = "RECEIVER", description = "whom a rule tells")
    private List<String> to = List.of();

    @Option(names = "--scripts", paramLabel = "'finance/**'", description = "all unless told")
    private Optional<String> scripts = Optional.empty();

    @Option(
        names = "--on",
        split = ",",
        paramLabel = "failure,recovery",
        description = "what is told")
    private List<String> on = List.of();

    @Option(
        names = "--late",
        paramLabel = "26h",
        description = "when a schedule did not succeed for so long")
    private Optional<String> late = Optional.empty();

    @Option(names = "--waiting", paramLabel = "10m", description = "when a job waits for so long")
    private Optional<String> waiting = Optional.empty();

    @Option(
        names = "--every",
        paramLabel = "1h",
        description = "how often it is told again while it lasts")
    private Optional<String> every = Optional.empty();

    private Map<String, Object> wish() {
      Map<String, Object> wish = new LinkedHashMap<>();
      scripts.ifPresent(path -> wish.put("scripts", path));
      if (!on.isEmpty()) {
        wish.put("on", on);
      }
      late.ifPresent(time -> wish.put("late", time));
      waiting.ifPresent(time -> wish.put("waiting", time));
      every.ifPresent(time -> wish.put("every", time));
      if (!to.isEmpty()) {
        wish.put("to", to);
      }
      return wish;
    }
  }

  public AlarmsCommand(CommandContext context) {
    super(context);
  }

  /** Without a word behind it the command lists. */
  @Override
  public Integer call() {
    return list(USUAL_DELIVERIES);
  }

  @Command(description = "Lists receivers, rules, and what was told last.")
  int list(
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "20",
              description = "how many of what was told")
          int limit) {
    return ask(
        server -> {
          Map<?, ?> all = Fields.object(server.get(ROUTE));
          List<Map<?, ?>> deliveries = Fields.objects(server.get(DELIVERIES + limit));
          if (output().isJson()) {
            output()
                .json(
                    Map.of(
                        "receivers", Fields.objects(all.get("receivers")),
                        "rules", Fields.objects(all.get("rules")),
                        "deliveries", deliveries));
          } else {
            tables(all, deliveries);
          }
          return ExitStatus.DONE.code();
        });
  }

  private void tables(Map<?, ?> all, List<Map<?, ?>> deliveries) {
    Table receivers = new Table("RECEIVER", "!KIND", "TO");
    for (Map<?, ?> one : Fields.objects(all.get("receivers"))) {
      receivers.row(one.get("name"), one.get("kind"), one.get("to"));
    }
    output().table(receivers);
    output().line("");
    Table rules = new Table("RULE", "SCRIPTS", "TELLS OF", "TO");
    for (Map<?, ?> one : Fields.objects(all.get("rules"))) {
      rules.row(one.get("name"), one.get("scripts"), events(one), Fields.texts(one.get("to")));
    }
    output().table(rules);
    output().line("");
    Table told = new Table("!NOTICE OF", "!STATE", "TO", "WHAT", "OUTCOME");
    for (Map<?, ?> one : deliveries) {
      told.row(
          one.get("created"),
          one.get("state"),
          one.get("receiver"),
          one.get("title"),
          one.get("outcome"));
    }
    output().table(told);
  }

  private static String events(Map<?, ?> rule) {
    List<String> events = new ArrayList<>();
    if (rule.get("on") instanceof List<?> on) {
      on.forEach(one -> events.add(String.valueOf(one)));
    }
    for (String limit : List.of("late", "waiting", "every")) {
      if (rule.get(limit) != null) {
        events.add(limit + " " + rule.get(limit));
      }
    }
    return String.join(", ", events);
  }

  @Command(description = "Adds a receiver or a rule, or changes it.")
  int add(
      @Parameters(paramLabel = "receiver|rule", description = "which of them") Kind kind,
      @Parameters(paramLabel = "NAME", description = "what it is called") String name,
      @ArgGroup(exclusive = false, heading = "For a receiver:%n") ReceiverOptions receiver,
      @ArgGroup(exclusive = false, heading = "For a rule:%n") RuleOptions rule) {
    Map<String, Object> ofReceiver = receiver == null ? Map.of() : receiver.wish();
    Map<String, Object> ofRule = rule == null ? Map.of() : rule.wish();
    Map<String, Object> wish = kind == Kind.RECEIVER ? ofReceiver : ofRule;
    (kind == Kind.RECEIVER ? ofRule : ofReceiver)
        .keySet().stream()
            .findFirst()
            .ifPresent(
                option -> {
                  throw new UsageException("--" + option + " is not for a " + kind);
                });
    String route = kind.route(name);
    return ask(
        server -> {
          Map<?, ?> made = Fields.object(server.put(route, wish));
          if (output().isJson()) {
            output().json(made);
            return ExitStatus.DONE.code();
          }
          output().line(kind + " " + name + " set");
          if (made.get("secret") instanceof String secret) {
            output().line("it signs with this secret, which is shown this once:");
            output().line(secret);
          }
          return ExitStatus.DONE.code();
        });
  }

  @Command(description = "Removes a receiver or a rule.")
  int remove(
      @Parameters(paramLabel = "receiver|rule", description = "which of them") Kind kind,
      @Parameters(paramLabel = "NAME", description = "of it") String name) {
    String route = kind.route(name);
    return ask(
        server -> {
          server.delete(route);
          output().done(kind + " " + name + " removed", Map.of("name", name, "state", "removed"));
          return ExitStatus.DONE.code();
        });
  }

  @Command(description = "Tells a receiver something now, and says what it answered.")
  int test(@Parameters(paramLabel = "RECEIVER", description = "which of them") String name) {
    String route = Kind.RECEIVER.route(name) + "/test";
    return ask(
        server -> {
          Map<?, ?> tested = Fields.object(server.post(route, null));
          if (output().isJson()) {
            output().json(tested);
          } else {
            for (Map<?, ?> one : Fields.objects(tested.get("attempts"))) {
              boolean sent = Boolean.TRUE.equals(one.get("sent"));
              output()
                  .line(
                      one.get("to") + (sent ? ": taken, " : ": not taken, ") + one.get("outcome"));
            }
          }
          return Boolean.TRUE.equals(tested.get("sent"))
              ? ExitStatus.DONE.code()
              : ExitStatus.FAILED.code();
        });
  }
}
