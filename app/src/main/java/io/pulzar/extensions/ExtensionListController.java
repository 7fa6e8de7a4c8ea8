package io.pulzar.extensions;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.serde.annotation.Serdeable;
import io.pulzar.http.Envelope;
import io.pulzar.http.Times;
import io.pulzar.polyglot.Script;
import io.pulzar.rights.Access;
import io.pulzar.rights.Identity;
import io.pulzar.rights.OfScript;
import io.pulzar.rights.Rights;
import io.pulzar.roles.OnMaster;
import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Stream;

/** {@code GET /admin/extensions}: the extensions that can be called now. */
@OnMaster
@Controller("/admin/extensions")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ExtensionListController {

  private final Extensions extensions;
  private final Access access;

  ExtensionListController(Extensions extensions, Access access) {
    this.extensions = extensions;
    this.access = access;
  }

  /** One of them; its URL is {@code /extension/NAME}. */
  @Serdeable
  record Row(String name, long size, String changed) implements OfScript {

    @Override
    public String jobPath() {
      return ExtensionScope.script(name);
    }
  }

  @Get
  @Secured(Rights.VIEW)
  Envelope list(HttpRequest<?> request) {
    Identity sender = access.of(request);
    return Envelope.ok(
        sender.visible(extensions.all().stream().flatMap(ExtensionListController::row).toList()));
  }

  /** Nothing when it was removed meanwhile. */
  private static Stream<Row> row(Script script) {
    try {
      return Stream.of(
          new Row(
              script.name(),
              Files.size(script.file()),
              Times.utc(Files.getLastModifiedTime(script.file()).toInstant())));
    } catch (IOException removed) {
      return Stream.empty();
    }
  }
}
