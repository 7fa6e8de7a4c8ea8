package io.pulzar.bucket;

import java.util.Map;
import java.util.TreeMap;

/**
 * What stands in the bucket about whose it is.
 *
 * @param owner names the installation
 * @param starts how often a master of it has begun to use the bucket
 */
public record Marker(String owner, long starts) {

  private static final String OWNER = "owner";
  private static final String STARTS = "starts";

  static Marker parse(String text) {
    Map<String, String> fields = new TreeMap<>();
    text.lines()
        .map(line -> line.split("=", 2))
        .filter(field -> field.length == 2)
        .forEach(field -> fields.put(field[0], field[1]));
    String starts = fields.getOrDefault(STARTS, "");
    return new Marker(
        fields.getOrDefault(OWNER, ""), starts.matches("\\d{1,18}") ? Long.parseLong(starts) : 0);
  }

  String text() {
    return OWNER + "=" + owner + "\n" + STARTS + "=" + starts + "\n";
  }
}
