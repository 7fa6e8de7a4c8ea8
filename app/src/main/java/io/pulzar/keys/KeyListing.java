package io.pulzar.keys;

import io.pulzar.http.ApiException;
import io.pulzar.http.Times;
import io.pulzar.keys.KeyIndex.Row;
import io.pulzar.roles.OnMaster;
import io.pulzar.settings.Settings;
import io.pulzar.storage.TableStatistics;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Pages through keys and searches them, with parameters as clients write them. */
@OnMaster
@Singleton
final class KeyListing {

  private static final int USUAL_PAGE = 100;

  /** Of one answer. */
  private static final long MOST_BYTES = 16 << 20;

  /** What is told of each key beside its name, about. */
  private static final int BYTES_BESIDE_A_KEY = 200;

  /**
   * @param next the last key, when more follow
   */
  record Page(List<Row> rows, Optional<String> next) {}

  private final KeyIndex index;
  private final KeySettings settings;

  @Inject
  KeyListing(KeyIndex index, Settings settings) {
    this(index, KeySettings.of(settings));
  }

  KeyListing(KeyIndex index, KeySettings settings) {
    this.index = index;
    this.settings = settings;
  }

  /**
   * One page of keys in their order.
   *
   * @param text they contain it
   * @param since their values were written at this time or later
   * @param until at this time or earlier
   * @throws ApiException 400 {@code bad_parameter}, {@code bad_since}, {@code bad_until}
   */
  Page page(
      @Nullable String prefix,
      @Nullable String text,
      @Nullable String since,
      @Nullable String until,
      @Nullable String after,
      @Nullable String limit) {
    int most = limit("limit", limit, Math.min(USUAL_PAGE, settings.mostPerPage()));
    DateRange written = DateRange.between(Times.asked("since", since), Times.asked("until", until));
    KeyFilter filter = new KeyFilter(start("prefix", prefix), text == null ? "" : text, written);
    return page(filter, start("after", after), most);
  }

  /** One page; limits above the setting are lowered to it. */
  Page page(KeyFilter filter, String after, int limit) {
    int most = Math.min(limit, settings.mostPerPage());
    List<Row> found = index.page(filter, after, most);
    List<Row> rows = beginningOf(found);
    return new Page(
        rows,
        found.size() < most && rows.size() == found.size()
            ? Optional.empty()
            : Optional.of(rows.getLast().key().path()));
  }

  /**
   * Keys that contain a text, sorted.
   *
   * @param limit at most this many; 0 or less: as many as the setting allows
   * @throws ApiException 400 {@code bad_parameter}
   */
  List<Row> search(
      String text, @Nullable String eq, @Nullable String lt, @Nullable String gt, int limit) {
    if (text.isEmpty()) {
      throw ApiException.badRequest(
          "bad_parameter", "search needs a text that the keys contain: search/<text>");
    }
    int most = limit < 1 ? settings.mostFound() : Math.min(limit, settings.mostFound());
    return beginningOf(
        index.page(KeyFilter.containing(text, DateRange.parse(eq, lt, gt)), "", most));
  }

  /** As many as an answer may have in bytes; keys of usual lengths always fit. */
  static List<Row> beginningOf(List<Row> rows) {
    long bytes = 0;
    for (int count = 0; count < rows.size(); count++) {
      bytes += rows.get(count).key().path().length() + BYTES_BESIDE_A_KEY;
      if (bytes > MOST_BYTES && count > 0) {
        return rows.subList(0, count);
      }
    }
    return rows;
  }

  TableStatistics statistics() {
    return index.statistics();
  }

  /** The beginning of a key, with or without its slash. */
  private static String start(String parameter, @Nullable String text) {
    if (text == null || text.isEmpty()) {
      return "";
    }
    if (!StandardCharsets.US_ASCII.newEncoder().canEncode(text)
        || text.indexOf(0) >= 0
        || text.length() > Key.LONGEST) {
      throw ApiException.badRequest(
          "bad_parameter",
          parameter + " must be the beginning of a key, so ASCII and not too long");
    }
    return text.startsWith("/") ? text : "/" + text;
  }

  private static int limit(String parameter, @Nullable String text, int usual) {
    if (text == null) {
      return usual;
    }
    try {
      int limit = Integer.parseInt(text);
      if (limit > 0) {
        return limit;
      }
    } catch (NumberFormatException e) {
      throw badLimit(parameter, text);
    }
    throw badLimit(parameter, text);
  }

  private static ApiException badLimit(String parameter, String text) {
    return ApiException.badRequest(
        "bad_parameter", parameter + " must be a whole number of at least 1, got '" + text + "'");
  }
}
