package io.pulzar.records;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.pulzar.http.ApiException;
import io.pulzar.http.OwnErrors;
import io.pulzar.records.RecordSettings.NodesStatus;
import io.pulzar.settings.Settings;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes answers as clients of {@code /nodes} read them: they look at {@code success}, and got
 * status 200 for everything.
 */
@Singleton
final class SharedAnswers implements OwnErrors {

  static final String PREFIX = "/nodes/";
  private static final MediaType JSON = MediaType.of("application/json; charset=utf-8");

  private final boolean strict;

  SharedAnswers(Settings settings) {
    this.strict = settings.get(RecordSettings.NODES_STATUS) == NodesStatus.STRICT;
  }

  MutableHttpResponse<?> done(String message) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("success", true);
    fields.put("msg", message);
    return json(200, fields);
  }

  /**
   * What was asked can't be done, and it is the client's to know.
   *
   * @param status for clients that want to be told by it
   */
  MutableHttpResponse<?> refused(HttpRequest<?> request, int status, String message) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("success", false);
    fields.put("msg", message);
    return json(isStrict(request) ? status : 200, fields);
  }

  private boolean isStrict(HttpRequest<?> request) {
    String accept = request.getHeaders().get(HttpHeaders.ACCEPT);
    return strict || (accept != null && accept.replace(" ", "").contains("strict=1"));
  }

  MutableHttpResponse<?> json(int status, Map<String, ?> fields) {
    byte[] body = PythonJson.write(fields).getBytes(StandardCharsets.UTF_8);
    MutableHttpResponse<byte[]> answer =
        HttpResponse.status(status, status == 200 ? "OK" : "Refused");
    return answer
        .contentType(JSON)
        .contentLength(body.length)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .body(body);
  }

  @Override
  public boolean covers(HttpRequest<?> request) {
    return request.getPath().startsWith(PREFIX);
  }

  @Override
  public MutableHttpResponse<?> answer(HttpRequest<?> request, ApiException error) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("success", false);
    fields.put("msg", error.getMessage());
    fields.put("code", error.code());
    return json(error.status(), fields);
  }
}
