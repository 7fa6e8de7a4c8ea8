package io.pulzar.polyglot.host.ocr;

import com.sun.jna.Pointer;
import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.host.pillow.Raster;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import net.sourceforge.tess4j.ITessAPI;
import net.sourceforge.tess4j.TessAPI1;
import org.jspecify.annotations.Nullable;

/** An open handle of Tesseract for some languages. Not for use by two threads at once. */
final class Recognizer implements AutoCloseable {

  /** What is asked of a recognized page. */
  enum Result {
    TEXT,
    TSV,
    BOXES
  }

  private final ITessAPI.TessBaseAPI handle;

  /**
   * Opens a handle, which takes about 50 ms and 10 MB outside the heap.
   *
   * @param engine the number of {@code --oem}
   */
  Recognizer(Path languageFolder, String languages, int engine) throws HostCallException {
    handle = TessAPI1.TessBaseAPICreate();
    // Diagnostics would go to the worker's stderr, which is the node's log.
    TessAPI1.TessBaseAPISetVariable(handle, "debug_file", "/dev/null");
    if (TessAPI1.TessBaseAPIInit2(handle, languageFolder.toString(), languages, engine) != 0) {
      TessAPI1.TessBaseAPIDelete(handle);
      throw OcrService.error(
          "Tesseract can't use the language files of '%s' with engine %d: they may be damaged or made for another version"
              .formatted(languages, engine));
    }
  }

  /** Sets what the page is recognized with until the handle is closed. */
  void set(Map<String, String> variables) throws HostCallException {
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      if (TessAPI1.TessBaseAPISetVariable(handle, variable.getKey(), variable.getValue()) == 0) {
        throw OcrService.error(
            "Tesseract does not take %s=%s".formatted(variable.getKey(), variable.getValue()));
      }
    }
  }

  /**
   * Recognizes one page.
   *
   * @param page 8-bit samples with one channel, or three as red, green and blue
   * @param dotsPerInch 0 when unknown
   * @param milliseconds the longest time for recognition, 0 for no limit; the analysis of the
   *     layout before it is not limited
   */
  String recognize(Raster page, int segmentation, int dotsPerInch, int milliseconds, Result result)
      throws HostCallException {
    ByteBuffer samples =
        ByteBuffer.allocateDirect(page.samples().length).put(page.samples()).flip();
    TessAPI1.TessBaseAPISetPageSegMode(handle, segmentation);
    TessAPI1.TessBaseAPISetImage(
        handle, samples, page.width(), page.height(), page.channels(), page.rowBytes());
    try {
      if (dotsPerInch > 0) {
        TessAPI1.TessBaseAPISetSourceResolution(handle, dotsPerInch);
      }
      run(milliseconds);
      return take(
          switch (result) {
            case TEXT -> TessAPI1.TessBaseAPIGetUTF8Text(handle);
            case TSV -> TessAPI1.TessBaseAPIGetTsvText(handle, 0);
            case BOXES -> TessAPI1.TessBaseAPIGetBoxText(handle, 0);
          });
    } finally {
      TessAPI1.TessBaseAPIClear(handle);
      // What it learned from one script's page must not change another's.
      TessAPI1.TessBaseAPIClearAdaptiveClassifier(handle);
    }
  }

  @Override
  public void close() {
    TessAPI1.TessBaseAPIDelete(handle);
  }

  private void run(int milliseconds) throws HostCallException {
    ITessAPI.ETEXT_DESC monitor = TessAPI1.TessMonitorCreate();
    try {
      if (milliseconds > 0) {
        TessAPI1.TessMonitorSetDeadlineMSecs(monitor, milliseconds);
      }
      if (TessAPI1.TessBaseAPIRecognize(handle, monitor) != 0) {
        throw milliseconds > 0
            ? new HostCallException("RuntimeError", "Tesseract process timeout")
            : OcrService.error("the page can't be recognized");
      }
    } finally {
      TessAPI1.TessMonitorDelete(monitor);
    }
  }

  private static String take(@Nullable Pointer text) throws HostCallException {
    if (text == null) {
      throw OcrService.error("Tesseract gave no result for this page");
    }
    try {
      return text.getString(0, "UTF-8");
    } finally {
      TessAPI1.TessDeleteText(text);
    }
  }
}
