package io.pulzar.polyglot.host.xml;

import static io.pulzar.polyglot.host.xml.ElementParser.require;

import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.host.marshal.MarshalWriter;
import io.pulzar.polyglot.host.xml.ElementParser.GivenUp;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The attributes of one start tag; the same object serves all of a document. */
final class Attributes {

  private static final String NAMESPACES = "http://www.w3.org/2000/xmlns/";

  /** So many are compared with each other. */
  private static final int FEW = 8;

  private String[] names = new String[FEW];
  private @Nullable String[] values = new String[FEW];
  private int[] begins = new int[FEW];
  private int[] ends = new int[FEW];
  private int count;
  private int declared;

  void clear() {
    count = 0;
    declared = 0;
  }

  /** One whose value stands in the document as it is. */
  void add(String name, int begin, int end) {
    room();
    begins[count] = begin;
    ends[count] = end;
    values[count] = null;
    names[count++] = name;
  }

  void add(String name, String value) {
    room();
    values[count] = value;
    names[count++] = name;
  }

  private void room() {
    if (count == names.length) {
      names = Arrays.copyOf(names, count * 2);
      values = Arrays.copyOf(values, count * 2);
      begins = Arrays.copyOf(begins, count * 2);
      ends = Arrays.copyOf(ends, count * 2);
    }
  }

  /**
   * Takes the last one for what it is: the declaration of a prefix.
   *
   * @param prefix nothing, or what follows a colon
   * @return the scope with it
   */
  Scope declareLast(String prefix, Scope scope, char[] letters) throws GivenUp {
    String uri = value(count - 1, letters);
    declared++;
    // Expat puts names together with a bracket between, and wants none in them.
    require(uri.indexOf('}') < 0 && !uri.equals(Scope.XML) && !uri.equals(NAMESPACES));
    if (prefix.isEmpty()) {
      return scope.with("", uri);
    }
    require(prefix.startsWith(":") && prefix.length() > 1 && Letters.beginsName(prefix.charAt(1)));
    require(prefix.indexOf(':', 1) < 0 && !prefix.startsWith(":xml") && !uri.isEmpty());
    return scope.with(prefix.substring(1), uri);
  }

  private String value(int number, char[] letters) {
    String value = values[number];
    return value == null
        ? new String(letters, begins[number], ends[number] - begins[number])
        : value;
  }

  /** Writes those that are no declarations, or None when there are none. */
  void write(Scope scope, char[] letters, ElementWriter to) throws GivenUp, HostCallException {
    requireDistinct();
    MarshalWriter out = to.attributes();
    if (count == declared) {
      out.none();
      return;
    }
    for (int i = 0; i < count; i++) {
      names[i] = isDeclaration(i) ? names[i] : scope.attribute(names[i]);
    }
    requireDistinct();
    out.beginDict();
    for (int i = 0; i < count; i++) {
      if (isDeclaration(i)) {
        continue;
      }
      out.name(names[i]);
      String value = values[i];
      if (value == null) {
        out.text(letters, begins[i], ends[i]);
      } else {
        out.text(value);
      }
    }
    out.endDict();
  }

  private boolean isDeclaration(int number) {
    return declared > 0 && names[number].startsWith("xmlns");
  }

  private void requireDistinct() throws GivenUp {
    if (count > FEW) {
      Set<String> seen = new HashSet<>();
      for (int i = 0; i < count; i++) {
        require(seen.add(names[i]));
      }
      return;
    }
    for (int i = 1; i < count; i++) {
      for (int other = 0; other < i; other++) {
        require(!names[i].equals(names[other]));
      }
    }
  }
}
