package io.pulzar.access;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.pulzar.http.ApiException;
import io.pulzar.http.OwnErrors;
import io.pulzar.roles.OnMaster;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * What a browser shows when a link or a provider did not sign somebody in: people follow these
 * addresses, so they get a page with the reason and the way on.
 */
@OnMaster
@Singleton
final class SignInErrors implements OwnErrors {

  private static final Set<String> FOLLOWED =
      Set.of("/access/sign_in", "/access/oidc/start", "/access/oidc/callback");

  @Override
  public boolean covers(HttpRequest<?> request) {
    String accepted = request.getHeaders().get(HttpHeaders.ACCEPT);
    return FOLLOWED.contains(request.getPath())
        && accepted != null
        && accepted.contains(MediaType.TEXT_HTML);
  }

  @Override
  public MutableHttpResponse<?> answer(HttpRequest<?> request, ApiException error) {
    return HttpResponse.status(HttpStatus.valueOf(error.status()))
        .contentType(MediaType.of("text/html; charset=utf-8"))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .header(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'")
        .body(page(error.getMessage()));
  }

  private static String page(String reason) {
    return """
        <!doctype html>
        <html lang="en">
          <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>Not signed in – Pulzar</title>
            <style>
              body { font: 15px/1.5 system-ui, sans-serif; max-width: 32em; margin: 20vh auto 0; padding: 0 16px }
            </style>
          </head>
          <body>
            <main>
              <h1>You are not signed in</h1>
              <p>%s</p>
              <p><a href="/">Back to the sign-in page</a></p>
            </main>
          </body>
        </html>
        """
        .formatted(escaped(reason));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
