package io.pulzar.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.pulzar.roles.Version;
import io.pulzar.settings.BadSettingException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends spans by OTLP over HTTP, in batches, from a thread of its own. While the collector is away
 * they are dropped, and the log says so.
 */
final class OtlpTracing implements Tracing, AutoCloseable {

  private static final String PATH = "/v1/traces";
  private static final String TRACEPARENT = "traceparent";
  private static final long LAST_BATCH_SECONDS = 3;

  private static final TextMapGetter<Map<String, String>> GETTER =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Map<String, String> carrier) {
          return carrier.keySet();
        }

        @Override
        public @Nullable String get(@Nullable Map<String, String> carrier, String key) {
          return carrier == null ? null : carrier.get(key);
        }
      };

  private final SdkTracerProvider provider;
  private final Tracer tracer;

  /**
   * @param headers by name, for the collector
   * @throws BadSettingException when the endpoint is no URL
   */
  OtlpTracing(String endpoint, Map<String, String> headers, String service) {
    ExporterLog.install();
    OtlpHttpSpanExporterBuilder exporter =
        OtlpHttpSpanExporter.builder().setEndpoint(traces(endpoint));
    headers.forEach(exporter::addHeader);
    this.provider =
        SdkTracerProvider.builder()
            .setResource(
                Resource.create(
                    Attributes.of(
                        AttributeKey.stringKey("service.name"),
                        service,
                        AttributeKey.stringKey("service.version"),
                        Version.CURRENT)))
            .addSpanProcessor(BatchSpanProcessor.builder(exporter.build()).build())
            .build();
    this.tracer = provider.get("io.pulzar", Version.CURRENT);
  }

  private static String traces(String endpoint) {
    try {
      URI uri = new URI(endpoint);
      if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) {
        String path = uri.getRawPath();
        return path.isEmpty() || path.equals("/") ? uri.resolve(PATH).toString() : endpoint;
      }
    } catch (URISyntaxException e) {
      throw bad(endpoint);
    }
    throw bad(endpoint);
  }

  private static BadSettingException bad(String endpoint) {
    return new BadSettingException(
        TracingSettings.ENDPOINT + "=" + endpoint + " is no URL like http://collector:4318");
  }

  @Override
  public Optional<Begun> begin(String name, Origin origin, Optional<String> caller) {
    io.opentelemetry.api.trace.Span span =
        tracer
            .spanBuilder(name)
            .setSpanKind(origin == Origin.REQUEST ? SpanKind.SERVER : SpanKind.INTERNAL)
            .setParent(caller.map(OtlpTracing::context).orElseGet(Context::root))
            .startSpan();
    return Optional.of(
        new Begun() {
          @Override
          public String traceparent() {
            return written(span.storeInContext(Context.root()));
          }

          @Override
          public void end(Map<String, Object> attributes, boolean failed) {
            describe(span, attributes);
            if (failed) {
              span.setStatus(StatusCode.ERROR);
            }
            span.end();
          }
        });
  }

  @Override
  public boolean on() {
    return true;
  }

  @Override
  public String add(String parent, Span what) {
    SpanBuilder builder =
        tracer.spanBuilder(what.name()).setParent(context(parent)).setStartTimestamp(what.from());
    io.opentelemetry.api.trace.Span span = builder.startSpan();
    describe(span, what.attributes());
    what.error().ifPresent(error -> span.setStatus(StatusCode.ERROR, error));
    span.end(what.to());
    return written(span.storeInContext(Context.root()));
  }

  private static void describe(
      io.opentelemetry.api.trace.Span span, Map<String, Object> attributes) {
    attributes.forEach(
        (name, value) -> {
          if (value instanceof Number number) {
            span.setAttribute(name, number.longValue());
          } else {
            span.setAttribute(name, value.toString());
          }
        });
  }

  private static Context context(String traceparent) {
    return W3CTraceContextPropagator.getInstance()
        .extract(Context.root(), Map.of(TRACEPARENT, traceparent), GETTER);
  }

  private static String written(Context context) {
    Map<String, String> headers = new HashMap<>();
    W3CTraceContextPropagator.getInstance()
        .inject(
            context,
            headers,
            (carrier, key, value) -> {
              if (carrier != null) {
                carrier.put(key, value);
              }
            });
    return headers.getOrDefault(TRACEPARENT, "");
  }

  /** Sends what is there, for a moment at most. */
  @Override
  public void close() {
    provider.shutdown().join(LAST_BATCH_SECONDS, TimeUnit.SECONDS);
  }
}
