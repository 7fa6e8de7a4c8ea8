package io.pulzar.records;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.pulzar.polyglot.HostCallException;
import io.pulzar.python.ScriptRun;
import io.pulzar.python.ScriptService;
import io.pulzar.roles.OnMaster;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.Character.UnicodeScript;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import opennlp.tools.langdetect.Language;
import opennlp.tools.langdetect.LanguageDetector;
import opennlp.tools.langdetect.LanguageDetectorME;
import opennlp.tools.langdetect.LanguageDetectorModel;
import org.jspecify.annotations.Nullable;

/**
 * {@code languages.detect}: the language of a text, by the frequency of its letter groups as Apache
 * OpenNLP knows them.
 *
 * <p>The model takes 40 MB of the heap and a second to load, so only a server that writes texts
 * loads it.
 */
@OnMaster
@Singleton
final class Languages implements ScriptService {

  private static final String MODEL = "/langdetect-183.bin";
  private static final Argument<Map<String, Object>> OBJECT =
      Argument.mapOf(String.class, Object.class);

  /** Where all 103 languages are equally likely, each has 0.0097. */
  private static final double LEAST = 0.0125;

  /** By how much the best must be ahead of the second. */
  private static final double AHEAD = 1.03;

  /** Longer texts tell no more. */
  private static final int READ = 10_000;

  private static final Map<String, String> TWO_LETTERS = twoLetters();

  private final JsonMapper json;
  private @Nullable CompletableFuture<LanguageDetector> detector;

  Languages(JsonMapper json) {
    this.json = json;
  }

  @Override
  public String name() {
    return "languages.detect";
  }

  @Override
  public String answer(ScriptRun run, String arguments) throws HostCallException, IOException {
    Map<String, Object> asked = json.readValue(arguments, OBJECT);
    if (asked == null || !(asked.get("text") instanceof String text)) {
      throw new HostCallException("TypeError", "languages.detect needs a text");
    }
    return json.writeValueAsString(detect(text));
  }

  /** Completes when texts can be looked at without delay; the first call has the model loaded. */
  CompletionStage<LanguageDetector> ready() {
    return loading();
  }

  private synchronized CompletableFuture<LanguageDetector> loading() {
    CompletableFuture<LanguageDetector> loading = detector;
    if (loading == null || loading.isCompletedExceptionally()) {
      Supplier<LanguageDetector> load = Languages::load;
      loading = CompletableFuture.supplyAsync(load, Thread::startVirtualThread);
      detector = loading;
    }
    return loading;
  }

  private static LanguageDetector load() {
    try (InputStream model = Languages.class.getResourceAsStream(MODEL)) {
      if (model == null) {
        throw new IllegalStateException("the language model is missing from the build");
      }
      return new LanguageDetectorME(new LanguageDetectorModel(model));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The code of ISO 639-1, or an empty text. */
  String detect(String text) {
    String start = text.length() <= READ ? text : text.substring(0, READ);
    String byScript = byScript(start);
    if (!byScript.isEmpty()) {
      return byScript;
    }
    if (start.codePoints().noneMatch(Character::isLetter)) {
      return "";
    }
    Language[] found = loading().join().predictLanguages(start);
    boolean isClear =
        found[0].getConfidence() >= LEAST
            && found[0].getConfidence() >= AHEAD * found[1].getConfidence();
    return isClear ? TWO_LETTERS.getOrDefault(found[0].getLang(), found[0].getLang()) : "";
  }

  /** Scripts that one language has for itself tell it from a few letters. */
  private static String byScript(String text) {
    return text.codePoints()
        .mapToObj(UnicodeScript::of)
        .map(
            script ->
                switch (script) {
                  case HIRAGANA, KATAKANA -> "ja";
                  case HANGUL -> "ko";
                  case THAI -> "th";
                  case GREEK -> "el";
                  case GEORGIAN -> "ka";
                  case ARMENIAN -> "hy";
                  default -> "";
                })
        .filter(code -> !code.isEmpty())
        .findFirst()
        .orElse("");
  }

  private static Map<String, String> twoLetters() {
    Map<String, String> codes = new HashMap<>(Map.of("cmn", "zh"));
    for (String code : Locale.getISOLanguages()) {
      codes.put(Locale.of(code).getISO3Language(), code);
    }
    return codes;
  }
}
