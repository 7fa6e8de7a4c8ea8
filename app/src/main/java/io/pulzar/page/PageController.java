package io.pulzar.page;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.pulzar.cluster.NodeRegistry;
import io.pulzar.http.ApiException;
import io.pulzar.rights.Rights;
import io.pulzar.roles.OnMaster;
import java.net.URI;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code GET /}: the web page, and the files that it is made of; {@code GET /docs}: the manual. */
@OnMaster
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class PageController {

  private static final String A_YEAR = "public, max-age=31536000, immutable";

  /** Nothing runs and nobody is asked. */
  private static final String QUIET =
      "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  private final PageFiles files;
  private final ManualPage manual;
  private final NodeRegistry nodes;

  PageController(PageFiles files, ManualPage manual, NodeRegistry nodes) {
    this.files = files;
    this.manual = manual;
    this.nodes = nodes;
  }

  /** Never kept without asking; the same page is answered with 304. */
  @Secured(Rights.PUBLIC)
  @Get(uri = "/", produces = MediaType.ALL)
  HttpResponse<?> page(HttpRequest<?> request) {
    return whole(request, files.first(), files.version(), policy());
  }

  /** The API of this version, for people; it tells no more than {@code /openapi}. */
  @Secured(Rights.PUBLIC)
  @Get(uri = "/docs", produces = MediaType.ALL)
  HttpResponse<?> docs(HttpRequest<?> request) {
    PageFile page = manual.file();
    return whole(request, page, files.version() + "-" + page.digest(), QUIET);
  }

  private static HttpResponse<?> whole(
      HttpRequest<?> request, PageFile file, String version, String policy) {
    String tag = "\"" + version + "\"";
    MutableHttpResponse<?> answer =
        tag.equals(request.getHeaders().get(HttpHeaders.IF_NONE_MATCH))
            ? HttpResponse.notModified()
            : send(request, file);
    return answer
        .header(HttpHeaders.ETAG, tag)
        .header(HttpHeaders.CACHE_CONTROL, "no-cache")
        .header("Content-Security-Policy", policy)
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "same-origin")
        .header("Cross-Origin-Opener-Policy", "same-origin");
  }

  /** A file of this version; those of another one are gone, and the page says so. */
  @Secured(Rights.PUBLIC)
  @Get(uri = "/page/{version}/{+path}", produces = MediaType.ALL)
  HttpResponse<?> file(HttpRequest<?> request, String version, String path) {
    PageFile file = version.equals(files.version()) ? files.find(path).orElse(null) : null;
    if (file == null) {
      throw ApiException.notFound(
          "no_such_file", "the page has no such file: reload it, the server may be a newer one");
    }
    return send(request, file)
        .header(HttpHeaders.CACHE_CONTROL, A_YEAR)
        .header("X-Content-Type-Options", "nosniff");
  }

  private static MutableHttpResponse<?> send(HttpRequest<?> request, PageFile file) {
    @Nullable String accepted = request.getHeaders().get(HttpHeaders.ACCEPT_ENCODING);
    boolean compressed = accepted != null && accepted.contains("gzip");
    MutableHttpResponse<byte[]> answer =
        HttpResponse.ok(compressed ? file.compressed() : file.bytes())
            .contentType(MediaType.of(file.type()))
            .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    return compressed ? answer.header(HttpHeaders.CONTENT_ENCODING, "gzip") : answer;
  }

  /** Only our own files run, and only we and our nodes are asked. */
  private String policy() {
    String asked =
        nodes.members().stream()
            .map(member -> origin(member.facts().url()))
            .distinct()
            .collect(Collectors.joining(" "));
    return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
        + " connect-src 'self' "
        + asked
        + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  }

  private static String origin(String url) {
    URI uri = URI.create(url);
    return uri.getScheme() + "://" + uri.getAuthority();
  }
}
