package io.pulzar.records;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.json.JsonMapper;
import io.pulzar.http.ApiException;
import io.pulzar.http.OwnErrors;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Writes records and errors as clients of {@code /text} read them: JSON, XML or the bare text. */
@Singleton
final class TextAnswers implements OwnErrors {

  static final String REVISION = "X-Pulzar-Revision";
  static final String VERSION = "X-Pulzar-Version";
  static final String ORIGIN = "X-Pulzar-Origin";
  private static final MediaType JSON = MediaType.of("application/json; charset=UTF-8");
  private static final MediaType XML = MediaType.of("text/xml; charset=UTF-8");
  private static final MediaType PLAIN = MediaType.of("text/plain; charset=UTF-8");
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final JsonMapper json;

  TextAnswers(JsonMapper json) {
    this.json = json;
  }

  private enum Form {
    JSON,
    XML,
    RAW
  }

  /** The record, in the form that the request asks for. */
  MutableHttpResponse<?> record(HttpRequest<?> request, Row row) {
    String body = row.record().body();
    MutableHttpResponse<byte[]> answer =
        switch (form(request)) {
          case JSON -> bytes(HttpResponse.ok(), JSON, body);
          case XML -> bytes(HttpResponse.ok(), XML, TextRecord.parse(json, body).toXml());
          case RAW -> bytes(HttpResponse.ok(), PLAIN, TextRecord.parse(json, body).value());
        };
    return marked(request, answer, row);
  }

  /** Adds which version it is. */
  MutableHttpResponse<?> marked(HttpRequest<?> request, MutableHttpResponse<?> answer, Row row) {
    Version version = row.record().version();
    answer
        .header(HttpHeaders.ETAG, "\"" + version + "\"")
        .header(VERSION, version.toString())
        .header(ORIGIN, version.origin());
    row.record()
        .expiry()
        .ifPresent(expiry -> answer.header(HttpHeaders.EXPIRES, HTTP_DATE.format(expiry)));
    return varied(request, answer);
  }

  MutableHttpResponse<?> json(Object value) {
    return bytes(HttpResponse.ok(), JSON, PythonJson.write(value));
  }

  @Override
  public boolean covers(HttpRequest<?> request) {
    String path = request.getPath();
    return path.equals("/text") || path.startsWith(TextUid.PREFIX);
  }

  @Override
  public MutableHttpResponse<?> answer(HttpRequest<?> request, ApiException error) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(
        "error",
        error.code().equals("no_such_route")
            ? TextUid.noSuchResource().getMessage()
            : error.getMessage());
    fields.put("code", error.code());
    if (error.data() instanceof Map<?, ?> data) {
      data.forEach(
          (name, value) -> fields.put(name.equals("error") ? "type" : name.toString(), value));
    }
    MutableHttpResponse<byte[]> answer = HttpResponse.status(error.status(), reason(error));
    if (form(request) == Form.JSON) {
      return varied(request, bytes(answer, JSON, PythonJson.write(fields)));
    }
    StringBuilder xml = new StringBuilder("<response>");
    fields.forEach((name, value) -> Xml.element(name, String.valueOf(value), xml));
    return varied(request, bytes(answer, XML, xml.append("</response>").toString()));
  }

  private static String reason(ApiException error) {
    return error.status() == 404 ? "Not Found" : "Refused";
  }

  private static MutableHttpResponse<byte[]> bytes(
      MutableHttpResponse<?> answer, MediaType type, String text) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    return answer.contentType(type).contentLength(body.length).body(body);
  }

  private static MutableHttpResponse<?> varied(
      HttpRequest<?> request, MutableHttpResponse<?> answer) {
    return TextUid.endingOf(request.getPath()).isEmpty()
        ? answer.header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        : answer;
  }

  private static Form form(HttpRequest<?> request) {
    String accept = String.valueOf(request.getHeaders().get(HttpHeaders.ACCEPT));
    String query = request.getUri().getRawQuery();
    if (("&" + query + "&").contains("&raw=1&")
        || accept.replace(" ", "").contains("text/plain;profile=raw")) {
      return Form.RAW;
    }
    return switch (TextUid.endingOf(request.getPath())) {
      case ".json" -> Form.JSON;
      case ".xml" -> Form.XML;
      default -> accept.contains(MediaType.APPLICATION_JSON) ? Form.JSON : Form.XML;
    };
  }
}
