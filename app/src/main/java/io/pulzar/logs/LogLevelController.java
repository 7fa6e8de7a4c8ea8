package io.pulzar.logs;

import ch.qos.logback.classic.LoggerContext;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.micronaut.security.annotation.Secured;
import io.micronaut.serde.annotation.Serdeable;
import io.pulzar.http.ApiException;
import io.pulzar.http.Envelope;
import io.pulzar.logs.LogSettings.Level;
import io.pulzar.rights.Access;
import io.pulzar.rights.AuditNote;
import io.pulzar.rights.Rights;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET} and {@code PUT /admin/log_level}: how much this process logs, while it runs. */
@Controller("/admin/log_level")
final class LogLevelController {

  private static final Logger LOG = LoggerFactory.getLogger(LogLevelController.class);

  private final LogLevels levels = new LogLevels((LoggerContext) LoggerFactory.getILoggerFactory());
  private final Access access;

  LogLevelController(Access access) {
    this.access = access;
  }

  /**
   * @param logger a class or package; by default root, which is all of them
   * @param level null: the one of the start
   */
  @Serdeable
  record Wish(@Nullable String logger, @Nullable String level) {}

  @Secured(Rights.ADMINISTER)
  @Get
  Envelope levels() {
    return Envelope.ok(shown());
  }

  @Secured(Rights.ADMINISTER)
  @Put
  Envelope set(HttpRequest<?> request, @Body Wish wish) {
    String logger = Optional.ofNullable(wish.logger()).orElse(Logger.ROOT_LOGGER_NAME);
    Optional<Level> level = Optional.ofNullable(wish.level()).map(LogLevelController::parsed);
    levels.set(logger, level);
    String what = logger + "=" + level.map(Level::toString).orElse("as at the start");
    AuditNote.of(request, what);
    LOG.warn("{} set the log level {}", access.of(request).name(), what);
    return Envelope.ok(shown());
  }

  private Map<String, String> shown() {
    Map<String, String> shown = new LinkedHashMap<>();
    levels.current().forEach((logger, level) -> shown.put(logger, level.toString()));
    return shown;
  }

  private static Level parsed(String word) {
    try {
      return Level.parse(word);
    } catch (IllegalArgumentException bad) {
      throw ApiException.badRequest("bad_level", String.valueOf(bad.getMessage()));
    }
  }
}
