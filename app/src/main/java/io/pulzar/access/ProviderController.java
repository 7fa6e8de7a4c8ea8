package io.pulzar.access;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.pulzar.http.ApiException;
import io.pulzar.http.BrowserRules;
import io.pulzar.http.Envelope;
import io.pulzar.rights.Rights;
import io.pulzar.roles.OnMaster;
import java.net.URI;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The way to the provider of OpenID Connect and back. */
@OnMaster
@Controller("/access/oidc")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ProviderController {

  private static final String COOKIE = "pulzar_sign_in";
  private static final String PATH = "/access/oidc";

  private final ProviderSignIn people;

  ProviderController(ProviderSignIn people) {
    this.people = people;
  }

  /**
   * Sends a browser there.
   *
   * @param place of our page, where it goes on afterwards: {@code /#/runs}
   */
  @Get("/start")
  @Secured(Rights.PUBLIC)
  HttpResponse<Envelope> start(
      HttpRequest<?> request, @QueryValue("return") @Nullable String place) {
    ProviderSignIn.Sent sent = people.send(callback(request), place == null ? "/" : place);
    return HttpResponse.<Envelope>seeOther(sent.url())
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .cookie(
            SessionCookie.cookie(request, COOKIE, sent.cookie())
                .path(PATH)
                .maxAge(ProviderAttempts.VALID));
  }

  /** Receives it from there. */
  @Get("/callback")
  @Secured(Rights.PUBLIC)
  CompletionStage<MutableHttpResponse<Envelope>> callback(
      HttpRequest<?> request,
      @QueryValue @Nullable String code,
      @QueryValue @Nullable String state,
      @QueryValue @Nullable String error) {
    if (error != null) {
      throw ApiException.unauthorized(
          "the provider did not sign you in (%s): try once more"
              .formatted(error.replaceAll("[^A-Za-z0-9_.-]", "?")));
    }
    if (code == null || state == null) {
      throw ApiException.badRequest("bad_parameter", "'code' and 'state' are needed");
    }
    String cookie = request.getCookies().findCookie(COOKIE).map(Cookie::getValue).orElse("");
    return people
        .receive(code, state, cookie)
        .thenApply(
            signedIn ->
                SessionCookie.give(
                        request,
                        signedIn.session(),
                        HttpResponse.<Envelope>seeOther(signedIn.place()))
                    .cookie(SessionCookie.cookie(request, COOKIE, "").path(PATH).maxAge(0)));
  }

  /** What the browser calls this server; the provider knows which of them are ours. */
  private static URI callback(HttpRequest<?> request) {
    String host = request.getHeaders().get(HttpHeaders.HOST);
    if (host == null || !host.matches("[A-Za-z0-9.:_\\[\\]-]{1,260}")) {
      throw ApiException.badRequest("bad_host", "the Host header names no host");
    }
    return URI.create(
        (request.isSecure() ? "https://" : "http://") + host + BrowserRules.PROVIDER_RETURNS);
  }
}
