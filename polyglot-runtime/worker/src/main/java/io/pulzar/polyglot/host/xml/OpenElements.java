package io.pulzar.polyglot.host.xml;

import java.util.Arrays;

/** The elements that have begun and not ended, the innermost last. */
final class OpenElements {

  private static final int FIELDS = 3;

  /** Of each its number, and where in the document its name begins and ends. */
  private int[] fields = new int[FIELDS * 32];

  private Scope[] outside = new Scope[32];
  private int depth;

  boolean isEmpty() {
    return depth == 0;
  }

  /** The number of the innermost, or -1. */
  int number() {
    return depth == 0 ? -1 : fields[FIELDS * (depth - 1)];
  }

  void push(int number, int nameBegins, int nameEnds, Scope around) {
    if (depth == outside.length) {
      fields = Arrays.copyOf(fields, fields.length * 2);
      outside = Arrays.copyOf(outside, depth * 2);
    }
    int place = FIELDS * depth;
    fields[place] = number;
    fields[place + 1] = nameBegins;
    fields[place + 2] = nameEnds;
    outside[depth++] = around;
  }

  /** Ends the innermost, and gives the scope around it. */
  Scope pop() {
    return outside[--depth];
  }

  int nameLength() {
    int place = FIELDS * (depth - 1);
    return fields[place + 2] - fields[place + 1];
  }

  /** Whether the name of the innermost stands there too. */
  boolean isNamed(char[] letters, int at) {
    int place = FIELDS * (depth - 1);
    int end = fields[place + 2];
    int other = at;
    for (int i = fields[place + 1]; i < end; i++) {
      if (letters[i] != letters[other++]) {
        return false;
      }
    }
    return true;
  }
}
