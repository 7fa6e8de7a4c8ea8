package io.pulzar.polyglot.host.xml;

import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.host.marshal.MarshalWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One document, from text to its elements, in one pass.
 *
 * <p>The grammar is that of XML 1.0 with namespaces. Given up, so that Python looks at it: what is
 * not well-formed, documents with a type, references to entities of their own, and declarations of
 * the prefixes that XML reserves.
 */
final class ElementParser {

  private static final Pattern DECLARATION =
      Pattern.compile(
          "<\\?xml\\s+version\\s*=\\s*([\"'])1\\.[0-9]+\\1"
              + "(?:\\s+encoding\\s*=\\s*([\"'])[A-Za-z][A-Za-z0-9._-]*\\2)?"
              + "(?:\\s+standalone\\s*=\\s*([\"'])(?:yes|no)\\3)?[ \t\n\r]*\\?>");

  private static final Map<String, String> ENTITIES =
      Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'");

  private static final String NAMESPACES = "http://www.w3.org/2000/xmlns/";

  private static final int LONGEST_REFERENCE = 12;

  /** Thrown without a stack trace, and caught in {@link #parse}. */
  static final class GivenUp extends Exception {
    private static final long serialVersionUID = 1;

    GivenUp() {
      super(null, null, false, false);
    }
  }

  /** An element so far. */
  private static final class Element {
    private final int parent;
    private final String raw;
    private final String name;
    private final Map<String, String> attributes;
    private final Scope outside;
    private @Nullable String text;
    private @Nullable String tail;

    Element(int parent, String raw, String name, Map<String, String> attributes, Scope outside) {
      this.parent = parent;
      this.raw = raw;
      this.name = name;
      this.attributes = attributes;
      this.outside = outside;
    }
  }

  private final String document;
  private final List<Element> elements = new ArrayList<>();
  private final StringBuilder pending = new StringBuilder();
  private Scope scope = Scope.outermost();
  private int at;
  private int open = -1;
  private int last = -1;
  private boolean behind;

  private ElementParser(String document) {
    this.document = document;
  }

  static byte @Nullable [] parse(String document) throws HostCallException {
    ElementParser parser = new ElementParser(document);
    try {
      parser.document();
    } catch (GivenUp unusual) {
      return null;
    }
    return parser.written();
  }

  private void document() throws GivenUp {
    Letters.check(document);
    if (document.startsWith("\uFEFF")) {
      at++;
    }
    if (document.startsWith("<?xml", at) && Letters.isSpace(letter(at + 5))) {
      Matcher declaration = DECLARATION.matcher(document).region(at, document.length());
      require(declaration.lookingAt());
      at = declaration.end();
    }
    around();
    startTag();
    while (open >= 0) {
      content();
    }
    around();
    require(at == document.length());
  }

  /** Passes over what may stand before and after the element of the document. */
  private void around() throws GivenUp {
    while (true) {
      space();
      if (document.startsWith("<!--", at)) {
        comment();
      } else if (document.startsWith("<?", at)) {
        instruction();
      } else {
        return;
      }
    }
  }

  private void content() throws GivenUp {
    switch (letter(at)) {
      case '<' -> {
        switch (letter(at + 1)) {
          case '/' -> endTag();
          case '?' -> instruction();
          case '!' -> {
            if (document.startsWith("<![CDATA[", at)) {
              int end = document.indexOf("]]>", at);
              require(end > 0);
              Letters.appendWithPlainLineEnds(document, at + "<![CDATA[".length(), end, pending);
              at = end + 3;
            } else {
              comment();
            }
          }
          default -> startTag();
        }
      }
      case '&' -> reference(pending);
      default -> {
        int begin = at;
        while (at < document.length() && document.charAt(at) != '<' && document.charAt(at) != '&') {
          at++;
        }
        require(document.indexOf("]]>", begin, Math.min(at + 1, document.length())) < 0);
        Letters.appendWithPlainLineEnds(document, begin, at, pending);
      }
    }
  }

  private void startTag() throws GivenUp {
    flush();
    require(letter(at) == '<');
    at++;
    String raw = name();
    Map<String, String> written = new LinkedHashMap<>();
    Scope outside = scope;
    while (true) {
      boolean spaced = space();
      char next = letter(at);
      if (next == '>' || next == '/') {
        break;
      }
      require(spaced);
      String attribute = name();
      space();
      require(letter(at) == '=');
      at++;
      space();
      String value = literal();
      require(written.put(attribute, value) == null);
      if (attribute.startsWith("xmlns")) {
        declare(attribute.substring("xmlns".length()), value);
      }
    }
    written.keySet().removeIf(attribute -> attribute.startsWith("xmlns"));
    Map<String, String> attributes = written.isEmpty() ? Map.of() : new LinkedHashMap<>();
    for (Map.Entry<String, String> attribute : written.entrySet()) {
      require(attributes.put(scope.attribute(attribute.getKey()), attribute.getValue()) == null);
    }
    elements.add(new Element(open, raw, scope.element(raw), attributes, outside));
    last = elements.size() - 1;
    behind = false;
    open = last;
    if (letter(at) == '/') {
      at++;
      require(letter(at) == '>');
      close();
    }
    at++;
  }

  /** Binds a prefix: nothing, or what follows a colon. */
  private void declare(String prefix, String uri) throws GivenUp {
    // Expat puts names together with a bracket between, and wants none in them.
    require(uri.indexOf('}') < 0 && !uri.equals(Scope.XML) && !uri.equals(NAMESPACES));
    if (prefix.isEmpty()) {
      scope = scope.with("", uri);
      return;
    }
    require(prefix.startsWith(":") && prefix.length() > 1 && Letters.beginsName(prefix.charAt(1)));
    require(prefix.indexOf(':', 1) < 0 && !prefix.startsWith(":xml") && !uri.isEmpty());
    scope = scope.with(prefix.substring(1), uri);
  }

  private void endTag() throws GivenUp {
    flush();
    String raw = elements.get(open).raw;
    require(document.startsWith(raw, at + 2));
    at += 2 + raw.length();
    space();
    require(letter(at) == '>');
    at++;
    close();
  }

  private void close() {
    Element closed = elements.get(open);
    last = open;
    behind = true;
    open = closed.parent;
    scope = closed.outside;
  }

  /** Gives the text that came to the element that began or ended last. */
  private void flush() {
    if (pending.isEmpty()) {
      return;
    }
    Element element = elements.get(last);
    if (behind) {
      element.tail = pending.toString();
    } else {
      element.text = pending.toString();
    }
    pending.setLength(0);
  }

  private void comment() throws GivenUp {
    require(document.startsWith("<!--", at));
    int end = document.indexOf("--", at + 4);
    require(end > 0 && letter(end + 2) == '>');
    at = end + 3;
  }

  private void instruction() throws GivenUp {
    at += 2;
    String target = name();
    require(!target.equalsIgnoreCase("xml") && target.indexOf(':') < 0);
    int end = document.indexOf("?>", at);
    require(end == at || (end > 0 && Letters.isSpace(letter(at))));
    at = end + 2;
  }

  private String literal() throws GivenUp {
    char quote = letter(at);
    require(quote == '"' || quote == '\'');
    int end = document.indexOf(quote, at + 1);
    require(end > 0);
    int begin = at + 1;
    at = begin;
    while (at < end && !Letters.isSpecialInValue(document.charAt(at))) {
      at++;
    }
    if (at == end) {
      at++;
      return document.substring(begin, end);
    }
    StringBuilder value = new StringBuilder(document.substring(begin, at));
    while (at < end) {
      char letter = document.charAt(at);
      require(letter != '<');
      if (letter == '&') {
        reference(value);
        require(at <= end);
      } else {
        at += letter == '\r' && letter(at + 1) == '\n' ? 2 : 1;
        value.append(Letters.isSpace(letter) ? ' ' : letter);
      }
    }
    at++;
    return value.toString();
  }

  private void reference(StringBuilder to) throws GivenUp {
    int end = document.indexOf(';', at, Math.min(at + LONGEST_REFERENCE, document.length()));
    require(end > at + 1);
    String name = document.substring(at + 1, end);
    String known = ENTITIES.get(name);
    if (known != null) {
      to.append(known);
    } else {
      to.appendCodePoint(Letters.ofReference(name));
    }
    at = end + 1;
  }

  private String name() throws GivenUp {
    int begin = at;
    require(Letters.beginsName(letter(at)));
    while (at < document.length() && Letters.isInName(document.charAt(at))) {
      at++;
    }
    return document.substring(begin, at);
  }

  private boolean space() {
    int begin = at;
    while (at < document.length() && Letters.isSpace(document.charAt(at))) {
      at++;
    }
    return at > begin;
  }

  private char letter(int place) throws GivenUp {
    require(place < document.length());
    return document.charAt(place);
  }

  static void require(boolean usual) throws GivenUp {
    if (!usual) {
      throw new GivenUp();
    }
  }

  private byte[] written() throws HostCallException {
    MarshalWriter out = new MarshalWriter(document.length());
    Map<String, Integer> names = new LinkedHashMap<>();
    ByteBuffer numbers =
        ByteBuffer.allocate(2 * Integer.BYTES * elements.size()).order(ByteOrder.nativeOrder());
    for (Element element : elements) {
      numbers.putInt(element.parent);
      numbers.putInt(names.computeIfAbsent(element.name, name -> names.size()));
    }
    out.tuple(5);
    out.data(numbers.array());
    out.list(names.size());
    for (String name : names.keySet()) {
      out.text(name);
    }
    out.list(elements.size());
    for (Element element : elements) {
      attributes(element, out);
    }
    texts(element -> element.text, out);
    texts(element -> element.tail, out);
    return out.toBytes();
  }

  private static void attributes(Element element, MarshalWriter out) throws HostCallException {
    if (element.attributes.isEmpty()) {
      out.none();
      return;
    }
    out.beginDict();
    for (Map.Entry<String, String> attribute : element.attributes.entrySet()) {
      out.name(attribute.getKey());
      out.text(attribute.getValue());
    }
    out.endDict();
  }

  private void texts(Function<Element, @Nullable String> which, MarshalWriter out)
      throws HostCallException {
    out.list(elements.size());
    for (Element element : elements) {
      out.value(which.apply(element));
    }
  }
}
