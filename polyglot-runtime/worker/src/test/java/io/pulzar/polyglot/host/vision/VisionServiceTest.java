package io.pulzar.polyglot.host.vision;

import static io.pulzar.polyglot.host.Fixtures.call;
import static io.pulzar.polyglot.host.Fixtures.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.host.NativeLibraries;
import io.pulzar.polyglot.host.pillow.Raster;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class VisionServiceTest {

  private static final long COLOR = 1;
  private static final long CORRELATION = 5;
  private static VisionService vision;
  private static Raster base;
  private static Raster part;

  @BeforeAll
  static void load() throws Exception {
    vision = new VisionService(NativeLibraries.ofThisMachine());
    base = decode(image("image_base.png"));
    part = decode(image("spotify.png"));
  }

  @Test
  void aPartIsFoundWhereItIs() throws Exception {
    Object fits = call(vision, "match", base, part, CORRELATION);

    List<?> extremes = (List<?>) Objects.requireNonNull(call(vision, "extremes", fits));

    assertThat((double) extremes.get(1)).isGreaterThan(0.99999);
    assertThat(extremes.subList(4, 6)).isEqualTo(List.of(78, 113));
  }

  @Test
  void whatAMaskLeavesOutDoesNotCount() throws Exception {
    Raster template = part.region(0, 0, part.width(), part.height());
    Raster mask = Raster.blank(part.width(), part.height(), 1, Raster.Depth.UINT8);
    Arrays.fill(mask.samples(), (byte) 255);
    int half = part.height() / 2;
    // The lower half is something else than in the image, and masked.
    new Random(7).nextBytes(template.samples());
    System.arraycopy(part.samples(), 0, template.samples(), 0, half * part.rowBytes());
    Arrays.fill(mask.samples(), half * mask.rowBytes(), mask.samples().length, (byte) 0);

    List<?> without = best(call(vision, "match", base, template, CORRELATION));
    List<?> with = best(call(vision, "match", base, template, CORRELATION, mask));

    assertThat((double) without.get(1)).isLessThan(0.99);
    assertThat((double) with.get(1)).isBetween(0.99999, 1.001);
    assertThat(with.subList(4, 6)).isEqualTo(List.of(78, 113));
  }

  @Test
  void aMaskOfAnotherSizeIsRefused() throws Exception {
    Raster mask = Raster.blank(2, 2, 1, Raster.Depth.UINT8);
    assertRefused(() -> call(vision, "match", base, part, CORRELATION, mask), "the mask must be");
  }

  @Test
  void aJpegThatIsCutOffIsNoImage() throws Exception {
    byte[] whole = (byte[]) Objects.requireNonNull(call(vision, "encode", ".jpg", base, List.of()));
    assertThat(call(vision, "decode", whole, COLOR)).isNotNull();
    for (int length = whole.length - 2; length > 2; length = length * 9 / 10) {
      assertThat(call(vision, "decode", Arrays.copyOf(whole, length), COLOR)).isNull();
    }
    byte[] padded = Arrays.copyOf(whole, whole.length + 100);
    assertThat(call(vision, "decode", padded, COLOR)).isNotNull();
  }

  private static List<?> best(@Nullable Object fits) throws Exception {
    return (List<?>) Objects.requireNonNull(call(vision, "extremes", fits));
  }

  @Test
  void aTemplateLargerThanTheImageIsRefused() {
    assertRefused(() -> call(vision, "match", part, base, CORRELATION), "larger than the image");
  }

  @Test
  void aTemplateOfOneColourIsRefused() throws Exception {
    Raster flat = Raster.blank(20, 20, 3, Raster.Depth.UINT8);
    assertRefused(() -> call(vision, "match", base, flat, CORRELATION), "one flat colour");
  }

  @Test
  void imagesOfDifferentKindsAreNotMatched() throws Exception {
    Raster grey = Raster.blank(20, 20, 1, Raster.Depth.UINT8);
    assertRefused(() -> call(vision, "match", base, grey, CORRELATION), "channels");
  }

  @Test
  void anUnknownMethodIsRefused() {
    assertRefused(() -> call(vision, "match", base, part, 99L), "unknown method");
  }

  @Test
  void anImageTooLargeToMatchIsRefusedBeforeMemoryIsTaken() throws Exception {
    Raster wide = Raster.blank(14_000, 1_000, 3, Raster.Depth.UINT8);
    assertRefused(() -> call(vision, "match", wide, part, CORRELATION), "up to 40000000");
  }

  @Test
  void aKernelOverTheLimitIsRefused() {
    assertRefused(() -> call(vision, "blur", part, 100_001L, 3L, 0L, 0L, 4L), "kernel");
    assertRefused(() -> call(vision, "blur", part, 0L, 0L, 1e9, 0L, 4L), "kernel");
  }

  @Test
  void aResultOverTheLimitIsRefused() {
    assertThatThrownBy(() -> call(vision, "resize", part, 40_000L, 10L, 0L, 0L, 1L))
        .hasMessageContaining("over the limit");
    assertThatThrownBy(() -> call(vision, "resize", part, 0L, 0L, 1e6, 1e6, 1L))
        .hasMessageContaining("over the limit");
  }

  @Test
  void whatIsNoImageDecodesToNothing() throws Exception {
    for (String text : List.of("", "x", "not an image at all, but long enough to look at")) {
      assertThat(call(vision, "decode", text.getBytes(StandardCharsets.UTF_8), 1L)).isNull();
    }
  }

  @Test
  void aHeaderThatPromisesTooMuchIsRefusedUnread() throws Exception {
    byte[] huge = image("spotify.png");
    Arrays.fill(huge, 16, 24, (byte) 0x7F);
    assertThatThrownBy(() -> decode(huge)).hasMessageContaining("over the limit");
    byte[] wide = image("spotify.png");
    wide[18] = (byte) 0x9C;
    wide[19] = 0x40;
    assertThatThrownBy(() -> decode(wide)).hasMessageContaining("40000x133");
  }

  @Test
  void damagedImagesAreAnErrorOrAnImageButNeverTheEnd() throws Exception {
    Random random = new Random(7);
    List<byte[]> encoded =
        List.of(
            image("spotify.png"),
            encode(".jpg"),
            encode(".bmp"),
            encode(".tiff"),
            encode(".webp"),
            encode(".ppm"));
    for (byte[] whole : encoded) {
      for (int i = 0; i < 300; i++) {
        byte[] damaged = Arrays.copyOf(whole, random.nextInt(8, whole.length + 1));
        for (int change = random.nextInt(8); change > 0; change--) {
          int reach = random.nextBoolean() ? Math.min(64, damaged.length) : damaged.length;
          damaged[random.nextInt(reach)] = (byte) random.nextInt();
        }
        decodeOrRefuse(damaged);
      }
    }
  }

  @Test
  void anEncodedImageDecodesToItself() throws Exception {
    for (String lossless : List.of(".png", ".bmp", ".tiff", ".ppm")) {
      assertThat(decode(encode(lossless)).samples()).isEqualTo(part.samples());
    }
  }

  @Test
  void anUnknownEndingIsRefused() {
    assertRefused(() -> call(vision, "encode", ".exe", part, List.of()), "writer");
  }

  @Test
  void anOperationThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> call(vision, "houghLines", part))
        .isInstanceOf(HostCallException.class)
        .hasMessageContaining("houghLines");
  }

  private static void decodeOrRefuse(byte[] damaged) {
    try {
      call(vision, "decode", damaged, COLOR);
    } catch (HostCallException refused) {
      assertThat(refused.type()).isIn("ValueError", "cv2.error", "MemoryError");
    }
  }

  private static byte[] encode(String ending) throws HostCallException {
    return (byte[]) Objects.requireNonNull(call(vision, "encode", ending, part, List.of()));
  }

  private static Raster decode(byte[] encoded) throws HostCallException {
    return (Raster) Objects.requireNonNull(call(vision, "decode", encoded, COLOR));
  }

  private static void assertRefused(ThrowingCallable call, String reason) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            HostCallException.class, refused -> assertThat(refused.type()).isEqualTo("cv2.error"))
        .hasMessageContaining(reason);
  }
}
