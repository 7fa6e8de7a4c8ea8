package io.pulzar.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows below headings. In a window they fit it: what is too long is cut with {@code …}, the widest
 * column first. Elsewhere every cell is whole. At least two spaces stand between columns, and an
 * empty cell is {@code -}, so that a program finds the columns too.
 */
final class Table {

  private static final String BETWEEN = "  ";
  private static final String CUT = "…";
  private static final String EMPTY = "-";

  /** As far as a column is cut that is not firm. */
  private static final int NARROWEST = 8;

  private final List<String> headings;
  private final List<Boolean> firm;
  private final List<List<String>> rows = new ArrayList<>();
  private boolean isHeaded = true;

  /**
   * @param headings one that begins with {@code !} is of a column that is never cut, as numbers and
   *     times are
   */
  Table(String... headings) {
    this.firm = Arrays.stream(headings).map(heading -> heading.startsWith("!")).toList();
    this.headings =
        Arrays.stream(headings)
            .map(heading -> heading.startsWith("!") ? heading.substring(1) : heading)
            .toList();
  }

  /** Adds a row; a null or empty cell is shown as a dash. */
  void row(@Nullable Object... cells) {
    rows.add(Arrays.stream(cells).map(Table::cell).toList());
  }

  /** Goes on with what another one began. */
  Table withoutHeadings() {
    isHeaded = false;
    return this;
  }

  /** Prints all rows, below the headings. */
  void print(PrintStream out, OptionalInt columns) {
    int[] widths = new int[headings.size()];
    for (int column = 0; column < widths.length; column++) {
      widths[column] = headings.get(column).length();
      for (List<String> row : rows) {
        widths[column] = Math.max(widths[column], length(row.get(column)));
      }
    }
    if (columns.isPresent()) {
      fit(widths, columns.getAsInt());
    }
    if (isHeaded) {
      print(headings, widths, out, columns);
    }
    rows.forEach(row -> print(row, widths, out, columns));
  }

  private void fit(int[] widths, int columns) {
    int gaps = BETWEEN.length() * (widths.length - 1);
    int over = IntStream.of(widths).sum() + gaps - columns;
    while (over > 0) {
      int widest = -1;
      for (int column = 0; column < widths.length; column++) {
        boolean isCuttable =
            !firm.get(column)
                && widths[column] > Math.max(NARROWEST, headings.get(column).length());
        if (isCuttable && (widest < 0 || widths[column] > widths[widest])) {
          widest = column;
        }
      }
      if (widest < 0) {
        return;
      }
      widths[widest]--;
      over--;
    }
  }

  private static void print(
      List<String> cells, int[] widths, PrintStream out, OptionalInt columns) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      String shown = cut(cells.get(column), widths[column]);
      line.append(shown);
      if (column < widths.length - 1) {
        line.repeat(' ', widths[column] - length(shown)).append(BETWEEN);
      }
    }
    out.println(columns.isPresent() ? cut(line.toString(), columns.getAsInt()) : line.toString());
  }

  private static String cut(String text, int width) {
    return length(text) <= width
        ? text
        : text.substring(0, text.offsetByCodePoints(0, width - 1)) + CUT;
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** On one line and without what moves a cursor. */
  private static String cell(@Nullable Object value) {
    String text = Objects.toString(value, "").replaceAll("\\s+", " ").strip();
    return text.isEmpty() ? EMPTY : text.replaceAll("\\p{Cntrl}", "?");
  }
}
