package io.pulzar.tracing;

import io.pulzar.settings.Setting;
import java.util.List;
import java.util.Optional;

/** Where spans go. */
public final class TracingSettings {

  static final Setting<Optional<String>> ENDPOINT =
      Setting.optionalText(
          "pulzar.tracing.endpoint",
          "The collector of OpenTelemetry that the master sends the spans of runs to, by OTLP over"
              + " HTTP: http://collector:4318; none when it is empty.");

  static final Setting<Optional<String>> HEADERS =
      Setting.secret(
          "pulzar.tracing.headers",
          "What the collector wants to see, with commas between: Authorization=Bearer abc.");

  static final Setting<String> SERVICE =
      Setting.text("pulzar.tracing.service", "pulzar", "The service.name of the spans.");

  /** Of one run. */
  public static final Setting<Integer> CALLS =
      Setting.whole(
          "pulzar.tracing.calls",
          200,
          0,
          10_000,
          "How many spans a run has at most for what its script asks of its server: the first ones.");

  public static final List<Setting<?>> ALL = List.of(ENDPOINT, HEADERS, SERVICE, CALLS);

  private TracingSettings() {}
}
