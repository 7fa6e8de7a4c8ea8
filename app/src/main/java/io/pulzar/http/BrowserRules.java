package io.pulzar.http;

import io.netty.util.NetUtil;
import io.pulzar.settings.BadSettingException;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which pages a browser may let talk to this server. No token is asked for, so whoever can send a
 * request may run scripts: a page that somebody happens to visit must not be able to.
 *
 * <p>Three ways lead here from such a page. A name of its own that it has resolve to this machine
 * (DNS rebinding): then {@code Host} is that name. A request across origins: then {@code Origin} is
 * the page's. One that a page sends without asking for the answer, like an image: then there is no
 * {@code Origin}, but {@code Sec-Fetch-Site} (W3C Fetch Metadata). Programs send neither of the
 * latter two, and nothing here concerns them.
 */
public final class BrowserRules {

  /** Where a provider that people sign in with sends their browsers back to. */
  public static final String PROVIDER_RETURNS = "/access/oidc/callback";

  /** Where links of other sites may lead. */
  private static final Set<String> OPENED = Set.of("/", "/docs", PROVIDER_RETURNS);

  private static final String ANY = "*";
  private static final String LOCAL = "local";
  private static final Pattern ORIGIN =
      Pattern.compile("(?:https?|[a-z][a-z0-9+.-]*)://[^/?#\\s,]+", Pattern.CASE_INSENSITIVE);
  private static final Pattern PORT = Pattern.compile("(?<=^[^:]{0,255}|\\]):\\d*$");
  private static final Pattern USUAL_PORT = Pattern.compile(":(?:80|443)$");

  private final Set<String> origins;
  private final boolean localPages;
  private final boolean anyOrigin;
  private final Set<String> hosts;
  private final boolean anyHost;
  private final boolean anyAddress;
  private final Set<String> ownPorts;

  private BrowserRules(Settings settings, boolean loopback) {
    List<String> cors = settings.get(ServerSettings.CORS);
    this.origins = new HashSet<>();
    cors.stream().filter(BrowserRules::isNoWord).map(BrowserRules::origin).forEach(origins::add);
    this.anyOrigin = cors.contains(ANY);
    this.localPages = cors.stream().anyMatch(BrowserRules::meansLocal);
    List<String> added = settings.get(ServerSettings.HOSTS);
    this.hosts = new HashSet<>();
    added.stream().map(BrowserRules::withoutPort).forEach(hosts::add);
    settings.get(ServerSettings.HOSTNAME).map(BrowserRules::withoutPort).ifPresent(hosts::add);
    hosts.add(withoutPort(settings.get(ServerSettings.HOST)));
    this.anyHost = added.contains(ANY) || (!loopback && added.isEmpty());
    this.anyAddress = !loopback;
    this.ownPorts =
        Stream.of(ServerSettings.PORT, ServerSettings.NODE_PORT)
            .map(port -> ":" + settings.get(port))
            .collect(Collectors.toSet());
  }

  /**
   * The rules of a server.
   *
   * @param listening the address that it listens on
   * @throws BadSettingException when {@code pulzar.server.cors} has something else than origins
   */
  static BrowserRules of(Settings settings, String listening) {
    return new BrowserRules(settings, isLoopback(listening));
  }

  /** What to say at the start about a setting that means less than it seems to. */
  public static Optional<String> remark(Settings settings) {
    return settings.get(ServerSettings.CORS).stream().anyMatch(BrowserRules::meansTrue)
        ? Optional.of(
            "%s=True lets in pages of this machine only; name the origins of other pages, like https://ui.example, or say * for every page"
                .formatted(ServerSettings.CORS))
        : Optional.empty();
  }

  /** What of a request tells a page's from a program's: the headers of these names. */
  record Visit(
      @Nullable String host,
      @Nullable String origin,
      @Nullable String fetchSite,
      @Nullable String fetchMode,
      String method,
      String path) {

    /**
     * A link to the web page or the manual, or its address typed: what it then does, it does as our
     * own. A provider sends browsers to another one, which recognizes whom it sent there.
     */
    boolean opensThePage() {
      return method.equals("GET") && OPENED.contains(path) && "navigate".equals(fetchMode);
    }
  }

  /** Why a request is refused; empty when it is let in. */
  Optional<ApiException> refusal(Visit visit) {
    if (visit.host() != null && !mayBeCalled(visit.host())) {
      return Optional.of(
          ApiException.misdirected(
              "the Host header names %s, and this server answers to localhost only; if it is to be reached under that name, add it to %s"
                  .formatted(shown(visit.host()), ServerSettings.HOSTS)));
    }
    if (visit.origin() != null) {
      return mayAsk(visit.origin(), visit.host())
          ? Optional.empty()
          : Optional.of(
              ApiException.forbidden(
                  "origin_not_allowed",
                  "pages of the Origin %s may not use this server; to let them in, add it to %s"
                      .formatted(shown(visit.origin()), ServerSettings.CORS)));
    }
    return "cross-site".equals(visit.fetchSite()) && !anyOrigin && !visit.opensThePage()
        ? Optional.of(
            ApiException.forbidden(
                "cross_site",
                "a page of another site sent this request without an Origin; to let in all, set %s to *"
                    .formatted(ServerSettings.CORS)))
        : Optional.empty();
  }

  /**
   * What {@code Access-Control-Allow-Origin} says; empty for an origin that is not let in, and for
   * none.
   */
  Optional<String> allowedOrigin(@Nullable String origin, @Nullable String host) {
    if (anyOrigin) {
      return Optional.of(ANY);
    }
    return Optional.ofNullable(origin).filter(asking -> mayAsk(asking, host));
  }

  /** Whether answers depend on who asks, which caches have to know. */
  boolean dependsOnOrigin() {
    return !anyOrigin;
  }

  private boolean mayBeCalled(String host) {
    String name = withoutPort(host);
    return anyHost
        || hosts.contains(name)
        || isLocalName(name)
        || (anyAddress && address(name) != null);
  }

  private boolean mayAsk(String origin, @Nullable String host) {
    String asking = origin.toLowerCase(Locale.ROOT);
    if (anyOrigin || origins.contains(withoutUsualPort(asking))) {
      return true;
    }
    int scheme = asking.indexOf("://");
    if (scheme < 0) {
      return false;
    }
    String authority = asking.substring(scheme + "://".length());
    return (host != null && isOwn(authority, host))
        || (localPages && isLocalName(withoutPort(authority)));
  }

  /**
   * Whether it is a page of this server, or of the master beside this node. A proxy may have spoken
   * https to the browser, so that the scheme says nothing.
   */
  private boolean isOwn(String authority, String host) {
    String own = withoutUsualPort(host.toLowerCase(Locale.ROOT));
    return withoutUsualPort(authority).equals(own)
        || (withoutPort(authority).equals(withoutPort(own))
            && ownPorts.contains(authority.substring(Math.max(0, authority.lastIndexOf(':')))));
  }

  /** Names that stand for this machine in every browser, whatever a name server says. */
  private static boolean isLocalName(String name) {
    return name.equals("localhost") || isLoopback(name);
  }

  private static boolean isLoopback(String listening) {
    if (listening.equals("localhost")) {
      return true;
    }
    InetAddress address = address(listening);
    return address != null && address.isLoopbackAddress();
  }

  /** The address that a text is, without asking anybody for its name. */
  private static @Nullable InetAddress address(String text) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
    if (bytes == null) {
      return null;
    }
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException impossible) {
      return null;
    }
  }

  /** Without brackets around an IPv6 address and without the dot that may end a full name. */
  private static String withoutPort(String authority) {
    String name = PORT.matcher(authority.strip().toLowerCase(Locale.ROOT)).replaceFirst("");
    if (name.startsWith("[") && name.endsWith("]")) {
      return name.substring(1, name.length() - 1);
    }
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  private static String withoutUsualPort(String authority) {
    return USUAL_PORT.matcher(authority).replaceFirst("");
  }

  /**
   * The words of the original's file: its {@code True} let in everybody, which nobody asked for.
   */
  private static boolean meansLocal(String word) {
    return word.equals(LOCAL) || meansTrue(word);
  }

  private static boolean meansTrue(String word) {
    return word.equalsIgnoreCase("true");
  }

  private static boolean isNoWord(String part) {
    return !part.equals(ANY) && !meansLocal(part) && !part.equalsIgnoreCase("false");
  }

  private static String origin(String text) {
    if (!text.equals("null") && !ORIGIN.matcher(text).matches()) {
      throw new BadSettingException(
          "%s: '%s' is no origin; one is like https://ui.example or http://10.0.0.7:8080, without a path"
              .formatted(ServerSettings.CORS, text));
    }
    return withoutUsualPort(text.toLowerCase(Locale.ROOT));
  }

  private static String shown(String header) {
    String printable = header.replaceAll("[^\\x20-\\x7e]", "?");
    return printable.length() > 100 ? printable.substring(0, 100) + "…" : printable;
  }
}
