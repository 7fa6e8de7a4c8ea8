package io.pulzar.openapi;

import static io.pulzar.openapi.ApiDocument.child;
import static io.pulzar.openapi.ApiDocument.list;
import static io.pulzar.openapi.ApiDocument.map;
import static io.pulzar.openapi.ApiDocument.text;

import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes {@code docs/http.md} from the description of the API; a test compares them. */
public final class HttpPage {

  private static final String HEAD =
      """
      # HTTP

      Everything goes through HTTP: the web page, the command line and the Python client use what is listed here. The master answers at port 31414, each node at 31415. Clients talk to the
      master and follow its redirects to nodes, as `curl -L` does.

      ```sh
      curl -X POST -d '{"number": 5}' 'http://localhost:31414/launch_job/example/factorial?wait=30s'
      curl -L -X PUT -d 'all is well' 'http://localhost:31414/add_key/reports/today.txt?replace=true'
      curl -L http://localhost:31414/get_key/reports/today.txt
      ```

      `GET /openapi` is the same as an OpenAPI 3.1 document, for programs that make clients; `GET /docs` is this page for a browser, and `pulzar help http` prints it. It is generated.

      ## Answers

      Values, files of the page, and records have forms of their own. All else is JSON in one form, when it worked and when it did not:

      ```json
      {"data": {"job_id": 7}, "status": "ok", "msg": "Job added with id 7"}
      ```

      ```json
      {"data": null, "status": "ko", "msg": "there is no script nosuch", "code": "job_not_found"}
      ```

      `status` is `ok` exactly when the HTTP status is 2xx or 3xx. `msg` is for people: what is wrong and what to do about it. `code` is for programs and stays the same. `HEAD` works wherever `GET` does.

      Besides what each route lists, any of them may answer

      | status | when |
      |---|---|
      | 400 | the request makes no sense: a parameter, JSON, a body that breaks off or is not UTF-8 |
      | 401, 403 | no token or session, or an unknown one; it lacks the right, or a browser's page of another origin asks |
      | 404, 405 | there is no such route; there is, but not with this method, and `Allow` lists those that it has |
      | 408, 413, 415 | it arrives too slowly; it is too large; its content type, charset or encoding is not taken |
      | 421 | `Host` is a name that this server does not answer to |
      | 429, 503 | too much waits already; what is needed is away. `Retry-After` says when to ask again |
      | 507 | the disk is full; reads go on |

      ## Who asks

      Where `pulzar.auth` is on, a request carries `Authorization: Bearer TOKEN`, or the cookie of a browser that signed in; with the cookie, changes need the header `X-CSRF-Token` as well, whose text
      `GET /access/me` tells. The right that a route needs stands at its end; who has which is in [security.md](security.md). What is between servers only (`/skynet`, `/autodiscovery`, `/send_job`, `/records`) is not here: it is signed with the
      cluster's key. What browsers may do is in [operations.md](operations.md#browsers).
      """;

  private HttpPage() {}

  /** The page, as Markdown. */
  public static String render(JsonMapper json) {
    try {
      return render(ApiDocument.read(json));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String render(Map<String, Object> document) {
    StringBuilder page = new StringBuilder(HEAD);
    OperationText operations = new OperationText(document);
    for (Object tag : list(document, "tags")) {
      Map<String, Object> section = map(tag);
      String file = text(section, "x-page");
      if (!file.isEmpty()) {
        page.append("\n## ").append(text(section, "name")).append("\n\n");
        page.append(OperationText.plain(text(section, "description")));
        page.append(": [%s](%s).\n".formatted(file, file));
        of(document, text(section, "name"))
            .forEach(
                found -> page.append(operations.of(found.method(), found.path(), found.what())));
      }
    }
    return page.toString();
  }

  private record Operation(String method, String path, Map<String, Object> what) {}

  private static List<Operation> of(Map<String, Object> document, String section) {
    List<Operation> found = new ArrayList<>();
    child(document, "paths")
        .forEach(
            (path, methods) ->
                map(methods)
                    .forEach(
                        (method, what) -> {
                          if (list(map(what), "tags").contains(section)) {
                            found.add(
                                new Operation(method.toUpperCase(Locale.ROOT), path, map(what)));
                          }
                        }));
    return found;
  }
}
