package io.pulzar.polyglot.pool;

import io.pulzar.polyglot.Outcome;
import io.pulzar.polyglot.RunEnvironment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Puts asterisks in the place of secrets in what a run says. It keeps a script from telling them by
 * accident; one that means to tell them writes them in a form that nobody can foresee.
 */
final class SecretMask {

  static final String MASK = "***";

  /** Keys that the worker writes itself: a secret of such a text must not break its answer. */
  private static final Set<String> KEYS_OF_OURS =
      Set.of(
          "ok",
          "result",
          "error",
          "data",
          "answer",
          "status",
          "msg",
          "headers",
          "code",
          "base64",
          "content_type",
          "record",
          "type",
          "message",
          "traceback");

  private static final String BYTES = "base64";
  private static final String NUMBER = "0123456789+-.eE";

  /** By their first character, the longest first. */
  private final Map<Character, List<String>> forms;

  private SecretMask(Map<Character, List<String>> forms) {
    this.forms = forms;
  }

  static SecretMask of(RunEnvironment environment) {
    Set<String> all = new LinkedHashSet<>();
    Stream.concat(environment.secrets().values().stream(), environment.concealed().stream())
        .forEach(value -> all.addAll(SecretForms.of(value)));
    Map<Character, List<String>> forms = new HashMap<>();
    all.stream()
        .sorted(Comparator.comparingInt(String::length).reversed())
        .forEach(form -> forms.computeIfAbsent(form.charAt(0), _ -> new ArrayList<>()).add(form));
    return new SecretMask(forms);
  }

  boolean isEmpty() {
    return forms.isEmpty();
  }

  Outcome outcome(Outcome outcome) {
    if (isEmpty()) {
      return outcome;
    }
    return switch (outcome) {
      case Outcome.Completed(String value) -> new Outcome.Completed(json(value));
      case Outcome.Raised(String type, String message, String traceback) ->
          new Outcome.Raised(text(type), text(message), text(traceback));
      case Outcome.Crashed(String reason) -> new Outcome.Crashed(text(reason));
      case Outcome.TimedOut _, Outcome.OutOfMemory _, Outcome.OutputLimit _, Outcome.Canceled _ ->
          outcome;
    };
  }

  String text(String text) {
    StringBuilder masked = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      int length = lengthAt(text, at);
      if (length > 0) {
        masked.append(MASK);
        at += length;
      } else {
        masked.append(text.charAt(at++));
      }
    }
    return masked.toString();
  }

  /** How many characters at the end of a text may be the beginning of a secret. */
  int openEnd(String text) {
    int longest = 0;
    for (List<String> same : forms.values()) {
      for (String form : same) {
        int most = Math.min(form.length() - 1, text.length());
        for (int length = most; length > longest; length--) {
          if (text.regionMatches(text.length() - length, form, 0, length)) {
            longest = length;
          }
        }
      }
    }
    return longest;
  }

  /** Masks texts and numbers of a document, which stays one. */
  String json(String document) {
    StringBuilder masked = new StringBuilder(document.length());
    String key = "";
    int at = 0;
    while (at < document.length()) {
      char c = document.charAt(at);
      if (c == '"') {
        int end = JsonText.end(document, at + 1);
        String inside = document.substring(at + 1, end);
        boolean isKey = isKey(document, end + 1);
        boolean kept = isKey && KEYS_OF_OURS.contains(inside);
        masked.append(kept ? '"' + inside + '"' : quoted(inside, !isKey && key.equals(BYTES)));
        key = isKey ? inside : "";
        at = end + 1;
      } else if (NUMBER.indexOf(c) >= 0) {
        int end = at;
        while (end < document.length() && NUMBER.indexOf(document.charAt(end)) >= 0) {
          end++;
        }
        String number = document.substring(at, end);
        masked.append(text(number).equals(number) ? number : '"' + MASK + '"');
        at = end;
      } else if (Character.isLetter(c)) {
        // true, false, null, and NaN of whoever writes it.
        int end = at;
        while (end < document.length() && Character.isLetter(document.charAt(end))) {
          end++;
        }
        masked.append(document, at, end);
        at = end;
      } else {
        masked.append(c);
        at++;
      }
    }
    return masked.toString();
  }

  private String quoted(String inside, boolean bytes) {
    String text = JsonText.unescaped(inside);
    String masked = bytes ? inBase64(text) : text(text);
    if (masked.equals(text)) {
      return '"' + inside + '"';
    }
    StringBuilder json = new StringBuilder();
    JsonText.appendQuoted(json, masked);
    return json.toString();
  }

  /** The body of an answer: masked in it, and not in its Base64, which would be none any more. */
  private String inBase64(String encoded) {
    try {
      String body = new String(Base64.getDecoder().decode(encoded), StandardCharsets.ISO_8859_1);
      return Base64.getEncoder().encodeToString(text(body).getBytes(StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException noBase64) {
      return text(encoded);
    }
  }

  private static boolean isKey(String document, int from) {
    int at = from;
    while (at < document.length() && document.charAt(at) == ' ') {
      at++;
    }
    return at < document.length() && document.charAt(at) == ':';
  }

  private int lengthAt(String text, int at) {
    List<String> candidates = forms.get(text.charAt(at));
    if (candidates != null) {
      for (String form : candidates) {
        if (text.startsWith(form, at)) {
          return form.length();
        }
      }
    }
    return 0;
  }
}
