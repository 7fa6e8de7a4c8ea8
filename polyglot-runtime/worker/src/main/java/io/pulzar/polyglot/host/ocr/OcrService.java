package io.pulzar.polyglot.host.ocr;

import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.host.CallArguments;
import io.pulzar.polyglot.host.HostService;
import io.pulzar.polyglot.host.NativeLibraries;
import io.pulzar.polyglot.host.pillow.Raster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.sourceforge.tess4j.TessAPI1;
import org.jspecify.annotations.Nullable;

/**
 * Tesseract for the pytesseract stand-in.
 *
 * <p>The settings: {@code -Dpulzar.images.languages} names the folder with further {@code
 * .traineddata} files.
 */
public final class OcrService implements HostService {

  /** The bindings were made for this line; JNA would silently take a system's library. */
  private static final String VERSION = "5.5.2";

  /** Handles that stay open: opening one takes as long as recognizing a page. */
  private static final int MOST_OPEN = 3;

  /** Automatic segmentation without detection of orientation, as on Tesseract's command line. */
  private static final Set<Integer> SEGMENTATIONS = Set.of(1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13);

  /** Variables that change recognition and nothing else. Others name files to read or write. */
  private static final Set<String> VARIABLES =
      Set.of(
          "tessedit_char_whitelist",
          "tessedit_char_blacklist",
          "tessedit_char_unblacklist",
          "preserve_interword_spaces",
          "user_defined_dpi",
          "thresholding_method",
          "thresholding_window_size",
          "thresholding_kfactor",
          "thresholding_tile_size",
          "thresholding_smooth_kernel_size",
          "thresholding_score_fraction",
          "tessedit_do_invert",
          "invert_threshold",
          "textord_heavy_nr",
          "textord_min_linesize",
          "textord_tabfind_find_tables",
          "textord_space_size_is_variable",
          "language_model_penalty_non_dict_word",
          "language_model_penalty_non_freq_dict_word",
          "lstm_choice_mode",
          "classify_bln_numeric_mode",
          "tessedit_enable_dict_correction",
          "hocr_font_info");

  private record Opened(Path folder, String languages, int engine) {}

  private final TrainedLanguages languages;
  private final LinkedHashMap<Opened, Recognizer> open = new LinkedHashMap<>(8, 0.75f, true);

  /**
   * Loads Tesseract.
   *
   * @throws HostCallException when the machine has no library or no place to unpack it
   */
  public OcrService(NativeLibraries libraries) throws HostCallException {
    String folder = libraries.tesseract().toAbsolutePath().toString();
    System.setProperty("jna.boot.library.path", folder);
    System.setProperty("jna.library.path", folder);
    String version = TessAPI1.TessVersion();
    if (!version.startsWith(VERSION)) {
      throw new HostCallException(
          "OSError", "Tesseract %s was loaded and %s is needed".formatted(version, VERSION));
    }
    List<Path> folders = new ArrayList<>();
    String configured = System.getProperty("pulzar.images.languages", "");
    if (!configured.isEmpty()) {
      folders.add(Path.of(configured));
    }
    folders.add(libraries.languages());
    languages = new TrainedLanguages(folders);
  }

  @Override
  public Object call(String operation, CallArguments arguments) throws HostCallException {
    return switch (operation) {
      case "recognize" -> recognize(arguments);
      case "languages" -> languages.available();
      case "version" -> TessAPI1.TessVersion();
      default -> throw HostService.unknown("ocr", operation);
    };
  }

  static HostCallException error(String message) {
    return new HostCallException("pytesseract.TesseractError", message);
  }

  /** Page, languages, segmentation, engine, dots per inch, milliseconds, result, variables. */
  private String recognize(CallArguments arguments) throws HostCallException {
    Raster page = page(arguments.as(Raster.class, 0, "an image"));
    String wanted = arguments.text(1);
    int segmentation = arguments.integer(2);
    int engine = arguments.integer(3);
    if (!SEGMENTATIONS.contains(segmentation)) {
      throw new HostCallException(
          "NotImplementedError",
          "page segmentation mode %d is not supported".formatted(segmentation));
    }
    if (engine < 0 || engine > 3) {
      throw error("there is no engine mode " + engine);
    }
    Opened key = new Opened(languages.folderOf(wanted), wanted, engine);
    Map<String, String> variables = variables(arguments.list(7, String.class, "settings"));
    int dotsPerInch = arguments.integer(4);
    int milliseconds = arguments.integer(5);
    Recognizer.Result result = result(arguments.text(6));
    synchronized (open) {
      if (!variables.isEmpty()) {
        // A variable can't be put back, so this handle is not kept.
        try (Recognizer once = open(key)) {
          once.set(variables);
          return once.recognize(page, segmentation, dotsPerInch, milliseconds, result);
        }
      }
      return kept(key).recognize(page, segmentation, dotsPerInch, milliseconds, result);
    }
  }

  private Recognizer kept(Opened key) throws HostCallException {
    @Nullable Recognizer kept = open.get(key);
    if (kept == null) {
      if (open.size() == MOST_OPEN) {
        open.pollFirstEntry().getValue().close();
      }
      kept = open(key);
      open.put(key, kept);
    }
    return kept;
  }

  private static Recognizer open(Opened key) throws HostCallException {
    return new Recognizer(key.folder(), key.languages(), key.engine());
  }

  private static Raster page(Raster image) throws HostCallException {
    if (image.depth() != Raster.Depth.UINT8 || (image.channels() != 1 && image.channels() != 3)) {
      throw error("a page must be grey or RGB with 8 bits");
    }
    Raster.requireSize(image.width(), image.height());
    return image;
  }

  private static Recognizer.Result result(String name) throws HostCallException {
    return switch (name) {
      case "text" -> Recognizer.Result.TEXT;
      case "tsv" -> Recognizer.Result.TSV;
      case "boxes" -> Recognizer.Result.BOXES;
      default -> throw new HostCallException("NotImplementedError", "no result " + name);
    };
  }

  private static Map<String, String> variables(List<String> pairs) throws HostCallException {
    Map<String, String> variables = new HashMap<>();
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      if (equals < 0 || !VARIABLES.contains(name)) {
        throw new HostCallException(
            "NotImplementedError", "the setting -c %s is not supported here".formatted(name));
      }
      variables.put(name, pair.substring(equals + 1));
    }
    return variables;
  }
}
