package io.pulzar.polyglot.host.xml;

import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.host.HeapRoom;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One document, from text to its elements, in one pass.
 *
 * <p>The grammar is that of XML 1.0 with namespaces. Given up, so that Python looks at it: what is
 * not well-formed, documents with a type, references to entities of their own, and declarations of
 * the prefixes that XML reserves.
 *
 * <p>Workers run this on C1, which makes machine code of what is written and no more: so no objects
 * for elements, and no calls for single characters. What is read goes out at once.
 */
final class ElementParser {

  private static final Pattern DECLARATION =
      Pattern.compile(
          "<\\?xml\\s+version\\s*=\\s*([\"'])1\\.[0-9]+\\1"
              + "(?:\\s+encoding\\s*=\\s*([\"'])[A-Za-z][A-Za-z0-9._-]*\\2)?"
              + "(?:\\s+standalone\\s*=\\s*([\"'])(?:yes|no)\\3)?[ \t\n\r]*\\?>");

  private static final Map<String, String> ENTITIES =
      Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'");

  private static final int LONGEST_REFERENCE = 12;
  private static final String CDATA = "<![CDATA[";

  /** Characters of a document for which the heap is asked before. */
  private static final int LONG = 1 << 20;

  /** What stands behind the document: no character that XML allows, as often as one looks ahead. */
  private static final int BEYOND = 16;

  /** Thrown without a stack trace, and caught in {@link #parse}. */
  static final class GivenUp extends Exception {
    private static final long serialVersionUID = 1;

    GivenUp() {
      super(null, null, false, false);
    }
  }

  private final String document;
  private final char[] letters;
  private final ElementWriter out;
  private final NameTable names = new NameTable();
  private final Attributes attributes = new Attributes();
  private final StringBuilder pending = new StringBuilder();
  private final OpenElements open = new OpenElements();
  private Scope scope = Scope.outermost();
  private int at;
  private int last = -1;
  private boolean behind;

  private ElementParser(String document) {
    this.document = document;
    this.letters = Arrays.copyOf(document.toCharArray(), document.length() + BEYOND);
    this.out = new ElementWriter(document.length());
  }

  static byte @Nullable [] parse(String document) throws HostCallException {
    if (document.length() >= LONG) {
      HeapRoom.require(2L * Character.BYTES * document.length());
    }
    ElementParser parser = new ElementParser(document);
    try {
      parser.document();
    } catch (GivenUp unusual) {
      return null;
    }
    return parser.out.toBytes();
  }

  private void document() throws GivenUp, HostCallException {
    Letters.check(letters, document.length());
    if (letters[0] == '\uFEFF') {
      at++;
    }
    if (document.startsWith("<?xml", at) && Letters.isSpace(letters[at + 5])) {
      Matcher declaration = DECLARATION.matcher(document).region(at, document.length());
      require(declaration.lookingAt());
      at = declaration.end();
    }
    around();
    startTag();
    while (!open.isEmpty()) {
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

  private void content() throws GivenUp, HostCallException {
    if (letters[at] != '<') {
      characters();
      return;
    }
    switch (letters[at + 1]) {
      case '/' -> endTag();
      case '?' -> instruction();
      case '!' -> {
        if (document.startsWith(CDATA, at)) {
          int end = document.indexOf("]]>", at);
          require(end > 0);
          Letters.appendWithPlainLineEnds(document, at + CDATA.length(), end, pending);
          at = end + 3;
        } else {
          comment();
        }
      }
      default -> startTag();
    }
  }

  /** Text up to the next tag. */
  private void characters() throws GivenUp, HostCallException {
    int begin = at;
    int end = begin;
    boolean special = false;
    char letter = letters[end];
    while (letter != '<' && letter != '&' && letter != 0) {
      special = special || letter == '\r' || letter == ']';
      letter = letters[++end];
    }
    at = end;
    boolean whole = letter == '<' && letters[end + 1] != '!' && letters[end + 1] != '?';
    if (whole && !special && pending.isEmpty()) {
      write(letters, begin, end);
      return;
    }
    require(!special || document.indexOf("]]>", begin, Math.min(end + 1, document.length())) < 0);
    Letters.appendWithPlainLineEnds(document, begin, end, pending);
    if (letter == '&') {
      reference(pending);
    }
    require(letter != 0);
  }

  private void startTag() throws GivenUp, HostCallException {
    flush();
    require(letters[at] == '<');
    at++;
    int nameBegins = at;
    String raw = name();
    int nameEnds = at;
    Scope outside = scope;
    attributes.clear();
    while (true) {
      boolean spaced = space();
      char next = letters[at];
      if (next == '>' || next == '/') {
        break;
      }
      require(spaced);
      String attribute = name();
      space();
      require(letters[at] == '=');
      at++;
      space();
      literal(attribute);
      if (attribute.startsWith("xmlns")) {
        scope = attributes.declareLast(attribute.substring("xmlns".length()), scope, letters);
      }
    }
    last = out.element(open.number(), scope.element(raw));
    attributes.write(scope, letters, out);
    behind = false;
    open.push(last, nameBegins, nameEnds, outside);
    if (letters[at] == '/') {
      at++;
      require(letters[at] == '>');
      close();
    }
    at++;
  }

  private void endTag() throws GivenUp, HostCallException {
    flush();
    int after = at + 2 + open.nameLength();
    require(after <= document.length() && open.isNamed(letters, at + 2));
    at = after;
    space();
    require(letters[at] == '>');
    at++;
    close();
  }

  private void close() {
    last = open.number();
    behind = true;
    scope = open.pop();
  }

  /** Gives the text that came to the element that began or ended last. */
  private void flush() throws HostCallException {
    if (pending.isEmpty()) {
      return;
    }
    char[] text = new char[pending.length()];
    pending.getChars(0, text.length, text, 0);
    write(text, 0, text.length);
    pending.setLength(0);
  }

  private void write(char[] text, int begin, int end) throws HostCallException {
    if (behind) {
      out.tail(last, text, begin, end);
    } else {
      out.text(last, text, begin, end);
    }
  }

  private void comment() throws GivenUp {
    require(document.startsWith("<!--", at));
    int end = document.indexOf("--", at + 4);
    require(end > 0 && letters[end + 2] == '>');
    at = end + 3;
  }

  private void instruction() throws GivenUp {
    at += 2;
    String target = name();
    require(!target.equalsIgnoreCase("xml") && target.indexOf(':') < 0);
    int end = document.indexOf("?>", at);
    require(end == at || (end > 0 && Letters.isSpace(letters[at])));
    at = end + 2;
  }

  /** The value of an attribute, from its quote to after the other. */
  private void literal(String attribute) throws GivenUp {
    char quote = letters[at];
    require(quote == '"' || quote == '\'');
    int begin = ++at;
    char letter = letters[at];
    while (letter != quote && letter != 0 && !Letters.isSpecialInValue(letter)) {
      letter = letters[++at];
    }
    if (letter == quote) {
      attributes.add(attribute, begin, at);
      at++;
      return;
    }
    int end = document.indexOf(quote, at);
    require(end > 0);
    StringBuilder value = new StringBuilder().append(letters, begin, at - begin);
    while (at < end) {
      letter = letters[at];
      require(letter != '<');
      if (letter == '&') {
        reference(value);
        require(at <= end);
      } else {
        at += letter == '\r' && letters[at + 1] == '\n' ? 2 : 1;
        value.append(Letters.isSpace(letter) ? ' ' : letter);
      }
    }
    at++;
    attributes.add(attribute, value.toString());
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
    require(Letters.beginsName(letters[begin]));
    int end = begin;
    int hash = 0;
    while (Letters.isInName(letters[end])) {
      hash = 31 * hash + letters[end++];
    }
    at = end;
    return names.get(letters, begin, end, hash);
  }

  private boolean space() {
    int begin = at;
    while (Letters.isSpace(letters[at])) {
      at++;
    }
    return at > begin;
  }

  static void require(boolean usual) throws GivenUp {
    if (!usual) {
      throw new GivenUp();
    }
  }
}
