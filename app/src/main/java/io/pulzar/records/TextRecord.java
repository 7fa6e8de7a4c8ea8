package io.pulzar.records;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A text with what clients see beside it.
 *
 * @param lang what a process put in; null where none did
 * @param micros since 1970, of the write at the origin
 * @param further fields that processes added, or that another installation sent, any JSON
 */
record TextRecord(
    @Nullable String lang,
    long checkSum,
    String uid,
    long micros,
    String value,
    Map<String, Object> further) {

  private static final Argument<Map<String, Object>> OBJECT =
      Argument.mapOf(String.class, Object.class);
  private static final int MICRO_DIGITS = 6;

  /** The original measured times with two decimals, whatever it printed. */
  private static final int MEASURED_TIME = "1795761956.95".length();

  static final String LANG = "lang";
  static final String CHECK_SUM = "check_sum";
  static final String UID = "uid";
  static final String TIMESTAMP = "timestamp";
  static final String VALUE = "value";
  static final String SIZE = "size";

  /** A new one, before any process. */
  static TextRecord of(String uid, String text, Instant now) {
    long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    return new TextRecord(null, CheckSum.of(text), uid, micros, text, Map.of());
  }

  /**
   * Reads a record as it is answered.
   *
   * @throws IllegalArgumentException with a sentence about what is wrong with it
   */
  static TextRecord parse(JsonMapper json, String text) {
    Map<String, Object> fields;
    try {
      fields = json.readValue(text, OBJECT);
    } catch (IOException e) {
      throw new IllegalArgumentException("it is not a JSON object", e);
    }
    if (fields == null || !(fields.get(UID) instanceof String uid)) {
      throw new IllegalArgumentException("its uid is missing");
    }
    if (!(fields.get(VALUE) instanceof String value)) {
      throw new IllegalArgumentException("its value is missing");
    }
    if (!(fields.get(CHECK_SUM) instanceof Number checkSum)) {
      throw new IllegalArgumentException("its check_sum is missing");
    }
    if (!(fields.get(TIMESTAMP) instanceof Number time)) {
      throw new IllegalArgumentException("its timestamp is missing");
    }
    long micros =
        new BigDecimal(time.toString())
            .setScale(MICRO_DIGITS, RoundingMode.HALF_UP)
            .movePointRight(MICRO_DIGITS)
            .longValue();
    return new TextRecord(
        fields.get(LANG) instanceof String lang ? lang : null,
        checkSum.longValue(),
        uid,
        micros,
        value,
        furtherOf(fields));
  }

  /** The record as processes see it. */
  Map<String, Object> asFields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(UID, uid);
    fields.put(VALUE, value);
    fields.put(CHECK_SUM, checkSum);
    fields.put(TIMESTAMP, new PythonJson.Literal(time()));
    return fields;
  }

  /**
   * What processes made of it; they can't change the uid, the checksum and the time.
   *
   * @throws IllegalArgumentException when it is no record any more
   */
  TextRecord processed(Map<String, Object> fields) {
    if (!(fields.get(VALUE) instanceof String text)) {
      throw new IllegalArgumentException("the value that it left is not a text");
    }
    Object language = fields.get(LANG);
    if (language != null && !(language instanceof String)) {
      throw new IllegalArgumentException("the lang that it left is not a text");
    }
    return new TextRecord((String) language, checkSum, uid, micros, text, furtherOf(fields));
  }

  private static Map<String, Object> furtherOf(Map<String, Object> fields) {
    Map<String, Object> further = new LinkedHashMap<>(fields);
    further.keySet().removeIf(TextRecord::isOwn);
    return further;
  }

  private static boolean isOwn(String field) {
    return switch (field) {
      case LANG, CHECK_SUM, UID, TIMESTAMP, VALUE, SIZE -> true;
      default -> false;
    };
  }

  String toJson() {
    return PythonJson.write(fields());
  }

  String toXml() {
    StringBuilder out = new StringBuilder("<response>");
    fields()
        .forEach(
            (name, value) -> {
              String text = value instanceof String plain ? plain : PythonJson.write(value);
              Xml.element(name, text, out);
            });
    return out.append("</response>").toString();
  }

  private Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    if (lang != null) {
      fields.put(LANG, lang);
    }
    fields.put(CHECK_SUM, checkSum);
    fields.put(UID, uid);
    fields.put(TIMESTAMP, new PythonJson.Literal(time()));
    fields.put(VALUE, value);
    fields.put(SIZE, size());
    fields.putAll(further);
    return fields;
  }

  private String time() {
    return BigDecimal.valueOf(micros, MICRO_DIGITS).toPlainString();
  }

  /** Twice the lengths of the names and values of all other fields; what the original counted. */
  long size() {
    long length =
        CHECK_SUM.length()
            + Long.toString(checkSum).length()
            + UID.length()
            + lengthOf(uid)
            + TIMESTAMP.length()
            + MEASURED_TIME
            + VALUE.length()
            + lengthOf(value);
    if (lang != null) {
      length += LANG.length() + lengthOf(lang);
    }
    for (Map.Entry<String, Object> field : further.entrySet()) {
      String text =
          field.getValue() instanceof String plain ? plain : PythonJson.write(field.getValue());
      length += lengthOf(field.getKey()) + lengthOf(text);
    }
    return 2 * length;
  }

  private static long lengthOf(String text) {
    return text.codePointCount(0, text.length());
  }
}
