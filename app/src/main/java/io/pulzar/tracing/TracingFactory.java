package io.pulzar.tracing;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.pulzar.roles.OnMaster;
import io.pulzar.settings.BadSettingException;
import io.pulzar.settings.Settings;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Makes what the settings ask for. */
@Factory
@OnMaster
final class TracingFactory {

  /** What sends, or nothing: its class is loaded only where an endpoint is set. */
  @Singleton
  @Bean(preDestroy = "close")
  TracingSwitch tracing(Settings settings) {
    Optional<String> endpoint = settings.get(TracingSettings.ENDPOINT);
    if (endpoint.isEmpty()) {
      return new TracingSwitch(Tracing.NONE, () -> {});
    }
    OtlpTracing tracing =
        new OtlpTracing(
            endpoint.get(),
            headers(settings.get(TracingSettings.HEADERS).orElse("")),
            settings.get(TracingSettings.SERVICE));
    return new TracingSwitch(tracing, tracing::close);
  }

  private static Map<String, String> headers(String text) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String header : text.split(",", -1)) {
      int equals = header.indexOf('=');
      if (equals > 0) {
        headers.put(header.substring(0, equals).strip(), header.substring(equals + 1).strip());
      } else if (!header.isBlank()) {
        throw new BadSettingException(
            TracingSettings.HEADERS + " are written like Authorization=Bearer abc, with commas");
      }
    }
    return headers;
  }
}
