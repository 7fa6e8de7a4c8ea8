package io.pulzar.polyglot.host.xml;

import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.host.marshal.MarshalWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes the elements of a document as they are read; {@link XmlService} says what comes out. */
final class ElementWriter {

  private static final int FIRST = 64;
  private static final int MOST_AT_FIRST = 1 << 19;

  private final Map<String, Integer> names = new LinkedHashMap<>();
  private final MarshalWriter attributes;
  private final MarshalWriter texts;
  private final MarshalWriter tails;
  private int[] numbers = new int[2 * FIRST];
  private int[] tailed = new int[FIRST];
  private int elements;
  private int textCount;
  private int tailCount;
  private int firstAttributes;
  private int firstText;

  ElementWriter(int documentLength) {
    int expected = Math.min(documentLength / 2, MOST_AT_FIRST);
    attributes = new MarshalWriter(expected);
    texts = new MarshalWriter(expected);
    tails = new MarshalWriter(expected);
  }

  /** The next element, whose attributes must follow; returns its number. */
  int element(int parent, String name) throws HostCallException {
    if (elements == 1) {
      firstAttributes = attributes.size();
      noTextUpTo(0);
      firstText = texts.size();
    }
    if (2 * elements == numbers.length) {
      numbers = Arrays.copyOf(numbers, numbers.length * 2);
    }
    Integer known = names.get(name);
    if (known == null) {
      known = names.size();
      names.put(name, known);
    }
    numbers[2 * elements] = parent;
    numbers[2 * elements + 1] = known;
    return elements++;
  }

  MarshalWriter attributes() {
    return attributes;
  }

  void text(int element, char[] letters, int begin, int end) throws HostCallException {
    noTextUpTo(element - 1);
    texts.text(letters, begin, end);
    textCount++;
  }

  /** The elements up to this one that have got no text have none. */
  private void noTextUpTo(int element) throws HostCallException {
    while (textCount <= element) {
      texts.none();
      textCount++;
    }
  }

  void tail(int element, char[] letters, int begin, int end) throws HostCallException {
    if (tailCount == tailed.length) {
      tailed = Arrays.copyOf(tailed, tailCount * 2);
    }
    tailed[tailCount++] = element;
    tails.text(letters, begin, end);
  }

  byte[] toBytes() throws HostCallException {
    noTextUpTo(elements - 1);
    if (elements == 1) {
      firstAttributes = attributes.size();
      firstText = texts.size();
    }
    MarshalWriter first = new MarshalWriter(1024);
    first.tuple(3);
    first.text(names.keySet().iterator().next());
    first.append(attributes, firstAttributes);
    first.append(texts, firstText);
    int size = attributes.size() + texts.size() + tails.size() + Integer.BYTES * 4 * elements;
    MarshalWriter out = new MarshalWriter(size + first.size());
    out.ascii("%08x".formatted(first.size()));
    out.append(first, first.size());
    out.tuple(6);
    out.data(bytes(numbers, 2 * elements));
    out.list(names.size());
    for (String name : names.keySet()) {
      out.text(name);
    }
    out.list(elements);
    out.append(attributes, attributes.size());
    out.list(elements);
    out.append(texts, texts.size());
    out.data(bytes(tailed, tailCount));
    out.list(tailCount);
    out.append(tails, tails.size());
    return out.toBytes();
  }

  private static byte[] bytes(int[] values, int count) {
    ByteBuffer buffer = ByteBuffer.allocate(Integer.BYTES * count).order(ByteOrder.nativeOrder());
    buffer.asIntBuffer().put(values, 0, count);
    return buffer.array();
  }
}
