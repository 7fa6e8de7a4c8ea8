package io.pulzar.polyglot.host.json;

import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.host.marshal.MarshalWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Names of members that were written before, to be referred to.
 *
 * <p>Each has one place, which is that of its hash: of two names there, the later one is
 * remembered, and the other is written again when it comes again.
 */
final class NameCache {

  private static final int PLACES = 256;

  private final char[] @Nullable [] known = new char[PLACES][];
  private final int[] references = new int[PLACES];

  /** Writes an ASCII name, or a reference to it. */
  void write(char[] letters, int begin, int end, int hash, MarshalWriter out)
      throws HostCallException {
    int place = (hash ^ hash >>> 8) & (PLACES - 1);
    char @Nullable [] name = known[place];
    if (name != null && Arrays.equals(name, 0, name.length, letters, begin, end)) {
      out.reference(references[place]);
      return;
    }
    known[place] = Arrays.copyOfRange(letters, begin, end);
    references[place] = out.referred(letters, begin, end);
  }
}
