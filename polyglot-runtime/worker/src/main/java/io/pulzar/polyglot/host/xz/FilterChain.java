package io.pulzar.polyglot.host.xz;

import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.host.CallArguments;
import java.util.ArrayList;
import java.util.List;
import org.tukaani.xz.ARMOptions;
import org.tukaani.xz.ARMThumbOptions;
import org.tukaani.xz.DeltaOptions;
import org.tukaani.xz.FilterOptions;
import org.tukaani.xz.IA64Options;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.PowerPCOptions;
import org.tukaani.xz.SPARCOptions;
import org.tukaani.xz.UnsupportedOptionsException;
import org.tukaani.xz.X86Options;

/**
 * The filters of a stream as Python names them: for each a list of whole numbers, the first of
 * which is its id in liblzma.
 *
 * @param last the one that compresses
 * @param lzma1 whether that is the older LZMA, which only raw streams have
 */
record FilterChain(List<FilterOptions> before, LZMA2Options last, boolean lzma1) {

  private static final long LZMA1 = 0x4000_0000_0000_0001L;
  private static final long LZMA2 = 0x21;
  private static final int UNSET = -1;

  static FilterChain of(CallArguments arguments, int position)
      throws HostCallException, UnsupportedOptionsException {
    List<FilterOptions> before = new ArrayList<>();
    List<?> filters = arguments.list(position, List.class, "filters");
    for (int i = 0; i < filters.size(); i++) {
      List<?> filter = (List<?>) filters.get(i);
      boolean last = i == filters.size() - 1;
      long id = number(filter, 0);
      if (last && (id == LZMA1 || id == LZMA2)) {
        return new FilterChain(before, lzma(filter), id == LZMA1);
      }
      before.add(other(id, filter));
    }
    throw new UnsupportedOptionsException("the last filter must be LZMA1 or LZMA2");
  }

  /** All of them, for a stream of the format {@code .xz}. */
  FilterOptions[] ofXz() throws UnsupportedOptionsException {
    if (lzma1) {
      throw new UnsupportedOptionsException("LZMA1 is for raw streams and FORMAT_ALONE");
    }
    List<FilterOptions> all = new ArrayList<>(before);
    all.add(last);
    return all.toArray(FilterOptions[]::new);
  }

  private static LZMA2Options lzma(List<?> filter) throws UnsupportedOptionsException {
    LZMA2Options options = new LZMA2Options((int) number(filter, 1));
    if (number(filter, 2) != UNSET) {
      options.setDictSize((int) number(filter, 2));
    }
    int lc = (int) (number(filter, 3) == UNSET ? options.getLc() : number(filter, 3));
    int lp = (int) (number(filter, 4) == UNSET ? options.getLp() : number(filter, 4));
    options.setLcLp(lc, lp);
    if (number(filter, 5) != UNSET) {
      options.setPb((int) number(filter, 5));
    }
    if (number(filter, 6) != UNSET) {
      options.setMode((int) number(filter, 6));
    }
    if (number(filter, 7) != UNSET) {
      options.setNiceLen((int) number(filter, 7));
    }
    if (number(filter, 8) != UNSET) {
      options.setMatchFinder(
          number(filter, 8) < LZMA2Options.MF_BT4 - 2 ? LZMA2Options.MF_HC4 : LZMA2Options.MF_BT4);
    }
    return options;
  }

  private static FilterOptions other(long id, List<?> filter) throws UnsupportedOptionsException {
    if (id == 3) {
      return new DeltaOptions((int) Math.max(1, number(filter, 1)));
    }
    long start = number(filter, 1);
    return switch ((int) id) {
      case 4 -> at(start, new X86Options(), X86Options::setStartOffset);
      case 5 -> at(start, new PowerPCOptions(), PowerPCOptions::setStartOffset);
      case 6 -> at(start, new IA64Options(), IA64Options::setStartOffset);
      case 7 -> at(start, new ARMOptions(), ARMOptions::setStartOffset);
      case 8 -> at(start, new ARMThumbOptions(), ARMThumbOptions::setStartOffset);
      case 9 -> at(start, new SPARCOptions(), SPARCOptions::setStartOffset);
      default -> throw new UnsupportedOptionsException("there is no filter " + id);
    };
  }

  /** What the filters of processors have in common, in a class that only their package sees. */
  private interface StartOffset<T> {
    void set(T options, int offset) throws UnsupportedOptionsException;
  }

  private static <T extends FilterOptions> T at(long start, T options, StartOffset<T> offset)
      throws UnsupportedOptionsException {
    if (start != UNSET) {
      offset.set(options, (int) start);
    }
    return options;
  }

  private static long number(List<?> filter, int at) throws UnsupportedOptionsException {
    if (at >= filter.size()) {
      return UNSET;
    }
    if (filter.get(at) instanceof Long number) {
      return number;
    }
    throw new UnsupportedOptionsException("a filter's options must be whole numbers");
  }
}
