package io.pulzar.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.serde.annotation.Serdeable;
import io.pulzar.http.Envelope;
import io.pulzar.http.RawPath;
import io.pulzar.http.Times;
import io.pulzar.rights.Rights;
import io.pulzar.roles.OnMaster;
import io.pulzar.scripts.RuntimeChoice;
import io.pulzar.scripts.ScriptCatalog;
import io.pulzar.scripts.ScriptDocumentation;
import io.pulzar.scripts.ScriptDocumentation.Wishes;
import io.pulzar.scripts.ScriptPath;
import io.pulzar.scripts.Scripts;
import io.pulzar.settings.DurationText;
import io.pulzar.settings.SizeText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code GET /admin/scripts/…}: one script, with its source and its limits. */
@OnMaster
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class ScriptController {

  private static final String SCRIPTS = "/admin/scripts/";

  private final Scripts scripts;
  private final JobSettings settings;
  private final RuntimeChoice runtimes;
  private final List<ScriptRemarks> remarks;

  ScriptController(
      Scripts scripts, JobSettings settings, RuntimeChoice runtimes, List<ScriptRemarks> remarks) {
    this.remarks = remarks;
    this.scripts = scripts;
    this.runtimes = runtimes;
    this.settings = settings;
  }

  @Secured(Rights.VIEW)
  @Get(SCRIPTS + "{+path}")
  Envelope script(HttpRequest<?> request) {
    String path = ScriptPath.parse(RawPath.tail(request, SCRIPTS));
    ScriptDocumentation documentation =
        scripts.find(path).orElseThrow(() -> Refusals.noSuchScript(path));
    Optional<ScriptCatalog.Source> source = scripts.source(path);
    return Envelope.ok(
        new Script(
            path,
            documentation.description(),
            documentation.arguments(),
            documentation.category(),
            documentation.author(),
            documentation.problems(),
            remarks.stream().flatMap(one -> one.of(documentation).stream()).toList(),
            limits(path, documentation),
            source.map(ScriptCatalog.Source::text).orElse(null),
            source.map(ScriptCatalog.Source::size).orElse(null),
            source.map(file -> Times.utc(file.modified())).orElse(null)));
  }

  private Map<String, Limit> limits(String path, ScriptDocumentation documentation) {
    Wishes wishes = documentation.wishes();
    JobSettings.LimitSettings usual = settings.limits();
    Map<String, Limit> limits = new LinkedHashMap<>();
    limits.put(
        "time",
        Limit.of(wishes.timeout().map(DurationText::format), DurationText.format(usual.timeout())));
    limits.put(
        "memory",
        Limit.of(wishes.memoryBytes().map(SizeText::format), SizeText.format(usual.memoryBytes())));
    limits.put("output", new Limit(SizeText.format(usual.outputBytes()), false));
    limits.put("retries", Limit.of(wishes.retries().map(String::valueOf), "" + usual.retries()));
    limits.put(
        "network",
        Limit.of(
            wishes.network().map(on -> onOrOff(on && usual.network())), onOrOff(usual.network())));
    limits.put(
        "isolation",
        Limit.of(wishes.isolation().map(ScriptController::word), word(usual.isolation())));
    limits.put(
        "runtime", new Limit(word(runtimes.of(path, documentation)), wishes.runtime().isPresent()));
    wishes.node().ifPresent(node -> limits.put("node", new Limit(node, true)));
    if (!wishes.notifies().names().isEmpty()) {
      limits.put("notify", new Limit(String.join(", ", wishes.notifies().names()), true));
    }
    return limits;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String onOrOff(boolean on) {
    return on ? "on" : "off";
  }

  /**
   * @param chosen whether the script's docstring says so
   */
  @Serdeable
  record Limit(String value, boolean chosen) {

    static Limit of(Optional<String> wish, String usual) {
      return new Limit(wish.orElse(usual), wish.isPresent());
    }
  }

  /**
   * @param problems lines of the docstring that could not be understood
   * @param remarks what keeps no run from starting, but should be known
   * @param source null where only nodes have the file
   * @param changed when the file was
   */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Script(
      String path,
      String description,
      String args,
      String category,
      String author,
      List<String> problems,
      List<String> remarks,
      Map<String, Limit> limits,
      @Nullable String source,
      @Nullable Long size,
      @Nullable String changed) {}
}
