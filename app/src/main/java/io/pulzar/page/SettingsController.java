package io.pulzar.page;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.annotation.Secured;
import io.micronaut.serde.annotation.Serdeable;
import io.pulzar.http.Envelope;
import io.pulzar.rights.Rights;
import io.pulzar.roles.OnMaster;
import io.pulzar.settings.Setting;
import io.pulzar.settings.Settings;

/**
 * {@code GET /admin/settings}: every setting of this process, where it came from and what it means.
 */
@OnMaster
@Controller
final class SettingsController {

  private final Settings settings;

  SettingsController(Settings settings) {
    this.settings = settings;
  }

  @Secured(Rights.ADMINISTER)
  @Get("/admin/settings")
  Envelope settings() {
    return Envelope.ok(settings.shown().stream().map(Row::of).toList());
  }

  /**
   * One setting.
   *
   * @param value empty for a secret one, whatever it is
   * @param origin where the value came from, in words
   * @param form what its text must look like
   */
  @Serdeable
  record Row(
      String name,
      String value,
      String origin,
      boolean chosen,
      boolean secret,
      String form,
      @JsonProperty("shown_default") String shownDefault,
      String description) {

    static Row of(Settings.Shown shown) {
      Setting<?> setting = shown.setting();
      return new Row(
          setting.name(),
          shown.value(),
          shown.origin().toString(),
          shown.chosen(),
          setting.isSecret(),
          setting.form(),
          setting.shownDefault(),
          setting.description());
    }
  }
}
