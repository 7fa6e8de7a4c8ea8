package io.pulzar.polyglot.pool;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The texts by which a secret may show itself: as it is, its lines, and each of these as JSON,
 * Python's {@code repr}, URLs and Base64 write it.
 */
final class SecretForms {

  /** What is shorter is found everywhere, and its mask would tell where. */
  static final int SHORTEST_BYTES = 4;

  private static final String UNRESERVED = "-._~";

  private SecretForms() {}

  static Set<String> of(String value) {
    Set<String> forms = new LinkedHashSet<>();
    add(forms, value);
    value.lines().map(String::strip).forEach(line -> add(forms, line));
    return forms;
  }

  private static void add(Set<String> forms, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length < SHORTEST_BYTES) {
      return;
    }
    forms.add(text);
    forms.add(escaped(text, false));
    forms.add(escaped(text, true));
    forms.add(escaped(text, false).replace("\\\"", "\""));
    for (String kept : new String[] {UNRESERVED, UNRESERVED + "/"}) {
      String percent = percent(bytes, kept);
      forms.add(percent);
      forms.add(percent.replace("%20", "+"));
    }
    for (int shift = 0; shift < 3; shift++) {
      String encoded = base64(bytes, shift);
      forms.add(encoded);
      forms.add(encoded.replace('+', '-').replace('/', '_'));
    }
  }

  /** As JSON has it between quotation marks. */
  private static String escaped(String text, boolean ascii) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ' || (ascii && c > '~')) {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.toString();
  }

  private static String percent(byte[] bytes, String kept) {
    StringBuilder out = new StringBuilder();
    for (byte next : bytes) {
      char c = (char) (next & 0xff);
      if ((c < 0x80 && Character.isLetterOrDigit(c)) || kept.indexOf(c) >= 0) {
        out.append(c);
      } else {
        out.append("%%%02X".formatted((int) c));
      }
    }
    return out.toString();
  }

  /** What is the same whatever stands before and behind it, {@code shift} bytes into a triple. */
  private static String base64(byte[] bytes, int shift) {
    byte[] shifted = new byte[shift + bytes.length];
    System.arraycopy(bytes, 0, shifted, shift, bytes.length);
    String whole = Base64.getEncoder().withoutPadding().encodeToString(shifted);
    return whole.substring(Math.ceilDiv(shift * 8, 6), shifted.length * 8 / 6);
  }
}
