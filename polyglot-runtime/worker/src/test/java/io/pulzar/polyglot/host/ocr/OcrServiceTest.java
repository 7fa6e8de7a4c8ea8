package io.pulzar.polyglot.host.ocr;

import static io.pulzar.polyglot.host.Fixtures.call;
import static io.pulzar.polyglot.host.Fixtures.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.host.NativeLibraries;
import io.pulzar.polyglot.host.pillow.ImagingService;
import io.pulzar.polyglot.host.pillow.Raster;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class OcrServiceTest {

  private static OcrService ocr;
  private static Raster page;

  @BeforeAll
  static void load() throws Exception {
    ocr = new OcrService(NativeLibraries.ofThisMachine());
    List<?> picture =
        (List<?>)
            Objects.requireNonNull(call(new ImagingService(), "decode", image("image_base.png")));
    page = ((Raster) picture.get(1)).channels(0, 1, 2);
  }

  @Test
  void aScreenshotIsRead() throws Exception {
    assertThat(recognize(page, "eng", 3, "text", List.of()))
        .contains("Ubuntu comes with everything you need to");
  }

  @Test
  void wordsHavePlacesAndConfidences() throws Exception {
    assertThat(recognize(page, "eng", 3, "tsv", List.of()))
        .containsPattern(
            "5\t1\t\\d+\t\\d+\t\\d+\t\\d+\t\\d+\t\\d+\t\\d+\t\\d+\t9[\\d.]+\tUbuntu\n");
    assertThat(recognize(page, "eng", 3, "boxes", List.of()))
        .containsPattern("U \\d+ \\d+ \\d+ \\d+ 0");
  }

  @Test
  void aSettingOfOneCallDoesNotReachTheNext() throws Exception {
    String before = recognize(page, "eng", 3, "text", List.of());
    String digits =
        recognize(page, "eng", 3, "text", List.of("tessedit_char_whitelist=0123456789"));
    assertThat(digits).doesNotContainPattern("[a-z]");
    assertThat(recognize(page, "eng", 3, "text", List.of())).isEqualTo(before);
  }

  @Test
  void aSettingThatNamesAFileIsRefused() {
    for (String setting : List.of("debug_file=/tmp/x", "user_words_file=/etc/passwd", "nonsense")) {
      assertThatThrownBy(() -> recognize(page, "eng", 3, "text", List.of(setting)))
          .isInstanceOf(HostCallException.class)
          .hasMessageContaining("is not supported");
    }
  }

  @Test
  void aMissingLanguageIsAnErrorAndSaysWhatThereIs() {
    assertThatThrownBy(() -> recognize(page, "deu", 3, "text", List.of()))
        .hasMessageContaining("'deu' is not installed; there are: eng, osd");
    assertThatThrownBy(() -> recognize(page, "../tessdata/eng", 3, "text", List.of()))
        .hasMessageContaining("is not installed");
    assertThatThrownBy(() -> recognize(page, "", 3, "text", List.of()))
        .hasMessageContaining("is not installed");
  }

  @Test
  void onlyModesThatGiveTextAreTaken() {
    assertThatThrownBy(() -> recognize(page, "eng", 0, "text", List.of()))
        .hasMessageContaining("page segmentation mode 0");
    assertThatThrownBy(() -> recognize(page, "eng", 14, "text", List.of()))
        .hasMessageContaining("page segmentation mode 14");
  }

  @Test
  void onlyPagesThatTesseractTakesReachIt() throws Exception {
    Raster floats = Raster.blank(10, 10, 1, Raster.Depth.FLOAT32);
    assertThatThrownBy(() -> recognize(floats, "eng", 3, "text", List.of()))
        .hasMessageContaining("8 bits");
  }

  @Test
  void aBlankPageHasNoText() throws Exception {
    assertThat(
            recognize(Raster.blank(200, 100, 1, Raster.Depth.UINT8), "eng", 3, "text", List.of()))
        .isEmpty();
    assertThat(recognize(Raster.blank(1, 1, 3, Raster.Depth.UINT8), "eng", 3, "text", List.of()))
        .isEmpty();
  }

  @Test
  void aDeadlineEndsRecognition() {
    assertThatThrownBy(() -> call(ocr, "recognize", page, "eng", 3L, 3L, 0L, 1L, "text", List.of()))
        .hasMessage("Tesseract process timeout");
  }

  private static String recognize(
      Raster image, String language, long mode, String result, List<String> settings)
      throws HostCallException {
    return (String)
        Objects.requireNonNull(
            call(ocr, "recognize", image, language, mode, 3L, 0L, 0L, result, settings));
  }
}
