package io.pulzar.polyglot.host.sql;

import io.pulzar.polyglot.HostCallException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parameters as {@code pyodbc._types.tagged} writes them: a letter for the type, then the value.
 */
final class OdbcParameters {

  private OdbcParameters() {}

  static List<@Nullable Object> of(List<String> tagged) throws HostCallException {
    List<@Nullable Object> parameters = new ArrayList<>(tagged.size());
    for (String text : tagged) {
      try {
        parameters.add(parameter(text.charAt(0), text.substring(1)));
      } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeException e) {
        throw new HostCallException("ValueError", "no parameter: " + text);
      }
    }
    return parameters;
  }

  private static @Nullable Object parameter(char type, String text) {
    return switch (type) {
      case 'n' -> null;
      case 's' -> text;
      case 'i' -> whole(new BigInteger(text));
      case 'f' -> Double.valueOf(text.replace("inf", "Infinity").replace("nan", "NaN"));
      case 'd' -> new BigDecimal(text);
      case 'B' -> Boolean.valueOf(text);
      case 'b' -> HexFormat.of().parseHex(text);
      case 'D' -> LocalDate.parse(text);
      case 'T' -> LocalTime.parse(text);
      case 'P' -> isZoned(text) ? OffsetDateTime.parse(text) : LocalDateTime.parse(text);
      default -> throw new IllegalArgumentException("no type " + type);
    };
  }

  /** As small as it goes, since servers choose functions by the types of their arguments. */
  private static Object whole(BigInteger number) {
    if (number.bitLength() < Integer.SIZE) {
      return number.intValueExact();
    }
    return number.bitLength() < Long.SIZE ? number.longValueExact() : new BigDecimal(number);
  }

  private static boolean isZoned(String moment) {
    int time = moment.indexOf('T');
    return moment.indexOf('+', time) >= 0 || moment.indexOf('-', time) >= 0;
  }
}
