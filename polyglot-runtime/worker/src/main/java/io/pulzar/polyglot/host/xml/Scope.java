package io.pulzar.polyglot.host.xml;

import io.pulzar.polyglot.host.xml.ElementParser.GivenUp;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The prefixes that are bound in a part of a document, and the names that they made so far. */
final class Scope {

  static final String XML = "http://www.w3.org/XML/1998/namespace";

  /** Prefixes at one place: each element that declares one has all of them. */
  private static final int MOST = 100;

  private final Map<String, String> uris;
  private final Map<String, String> elements = new HashMap<>();
  private final Map<String, String> attributes = new HashMap<>();

  private Scope(Map<String, String> uris) {
    this.uris = uris;
  }

  /** Where no element has declared anything. */
  static Scope outermost() {
    return new Scope(Map.of("xml", XML));
  }

  /** This one and one prefix more. */
  Scope with(String prefix, String uri) throws GivenUp {
    ElementParser.require(uris.size() < MOST);
    Map<String, String> more = new HashMap<>(uris);
    more.put(prefix, uri);
    return new Scope(more);
  }

  /** The name of an element as ElementTree writes it. */
  String element(String raw) throws GivenUp {
    String known = elements.get(raw);
    if (known == null) {
      known = full(raw, uris.get(""));
      elements.put(raw, known);
    }
    return known;
  }

  /** The name of an attribute; without a prefix it is in no namespace. */
  String attribute(String raw) throws GivenUp {
    String known = attributes.get(raw);
    if (known == null) {
      known = full(raw, null);
      attributes.put(raw, known);
    }
    return known;
  }

  private String full(String raw, @Nullable String standard) throws GivenUp {
    int colon = raw.indexOf(':');
    if (colon < 0) {
      return standard == null || standard.isEmpty() ? raw : "{" + standard + "}" + raw;
    }
    String local = raw.substring(colon + 1);
    ElementParser.require(colon > 0 && !local.isEmpty() && local.indexOf(':') < 0);
    ElementParser.require(Letters.beginsName(local.charAt(0)));
    String uri = uris.get(raw.substring(0, colon));
    if (uri == null) {
      throw new GivenUp();
    }
    return "{" + uri + "}" + local;
  }
}
