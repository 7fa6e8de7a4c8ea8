package io.pulzar.alarms;

import io.pulzar.scripts.NotifyLine;
import io.pulzar.scripts.ScriptDocumentation;
import io.pulzar.scripts.Scripts;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Who is told of a script's runs, by the rules and by its docstring. One for a few runs: what it
 * found out about a script counts for all of them.
 */
final class Recipients {

  private final List<AlarmRule> rules;
  private final Scripts scripts;
  private final Duration usually;
  private final Map<String, List<String>> named = new HashMap<>();

  /**
   * @param usually after how long somebody is told again, where no rule says it
   */
  Recipients(List<AlarmRule> rules, Scripts scripts, Duration usually) {
    this.rules = rules;
    this.scripts = scripts;
    this.usually = usually;
  }

  /** Looks at a script's file now, so that no transaction has to. */
  void look(String script) {
    named.computeIfAbsent(
        script,
        path ->
            scripts
                .find(path)
                .map(ScriptDocumentation::wishes)
                .map(ScriptDocumentation.Wishes::notifies)
                .map(NotifyLine::names)
                .orElse(List.of()));
  }

  /** Whom a script's docstring names. */
  List<String> named(String script) {
    return named.getOrDefault(script, List.of());
  }

  /**
   * Who is told that a run failed, each with the shortest time after which somebody wants to be
   * told again; zero: never.
   */
  Map<String, Duration> ofFailure(String script) {
    Map<String, Duration> found = new HashMap<>();
    named(script).forEach(name -> found.put(name, usually));
    rules.stream()
        .filter(AlarmRule::failure)
        .filter(rule -> rule.scripts().covers(script))
        .forEach(
            rule ->
                rule.receivers()
                    .forEach(name -> found.merge(name, every(rule), Recipients::sooner)));
    return found;
  }

  /** Who is told that it is over. */
  Set<String> ofRecovery(String script) {
    Set<String> found = new TreeSet<>(named(script));
    found.addAll(receivers(rule -> rule.recovery() && rule.scripts().covers(script)));
    return found;
  }

  private Set<String> receivers(Predicate<AlarmRule> wanted) {
    Set<String> found = new TreeSet<>();
    rules.stream().filter(wanted).forEach(rule -> found.addAll(rule.receivers()));
    return found;
  }

  /** After how long a rule tells again. */
  Duration every(AlarmRule rule) {
    return rule.every().orElse(usually);
  }

  static Duration sooner(Duration one, Duration other) {
    if (one.isZero() || other.isZero()) {
      return one.isZero() ? other : one;
    }
    return one.compareTo(other) < 0 ? one : other;
  }
}
