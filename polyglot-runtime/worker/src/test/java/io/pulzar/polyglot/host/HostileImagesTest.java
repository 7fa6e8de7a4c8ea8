package io.pulzar.polyglot.host;

import static io.pulzar.polyglot.host.Fixtures.call;
import static io.pulzar.polyglot.host.Fixtures.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.host.ocr.OcrService;
import io.pulzar.polyglot.host.pillow.ImagingService;
import io.pulzar.polyglot.host.pillow.Raster;
import io.pulzar.polyglot.host.vision.VisionService;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Whatever is sent as an image, the call either works or fails as an exception that Python can
 * catch. A crash of native code would end this JVM, and with it the test.
 *
 * <p>{@code -Dpulzar.hostile=10000} tries that many damaged images of each kind instead of 60.
 */
final class HostileImagesTest {

  private static final int DAMAGED = Integer.getInteger("pulzar.hostile", 60);

  /** A damaged image that can still be read is not always recognized too: that takes a while. */
  private static final int RECOGNIZED_OF = 8;

  private static ImagingService imaging;
  private static VisionService vision;
  private static OcrService ocr;

  @BeforeAll
  static void load() throws Exception {
    imaging = new ImagingService();
    NativeLibraries libraries = NativeLibraries.ofThisMachine();
    vision = new VisionService(libraries);
    ocr = new OcrService(libraries);
  }

  @Test
  void whatIsNoImageIsRefused() {
    for (byte[] data :
        List.of(
            new byte[0],
            new byte[] {(byte) 0x89},
            "not an image".getBytes(StandardCharsets.US_ASCII),
            "%PDF-1.4".getBytes(StandardCharsets.US_ASCII),
            "<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(StandardCharsets.US_ASCII),
            new byte[1 << 16])) {
      assertThatThrownBy(() -> call(imaging, "decode", data)).isInstanceOf(HostCallException.class);
    }
  }

  @Test
  void sizesThatCanNotBeAreRefusedBeforeAnythingIsAllocated() throws Exception {
    byte[] png = image("spotify.png");
    for (int[] size :
        List.of(
            new int[] {40_000, 10},
            new int[] {10, 40_000},
            new int[] {30_000, 30_000},
            new int[] {Integer.MAX_VALUE, Integer.MAX_VALUE},
            new int[] {-1, 5},
            new int[] {0, 5})) {
      byte[] changed = withSize(png, size[0], size[1]);
      assertThatThrownBy(() -> call(imaging, "decode", changed))
          .as(Arrays.toString(size))
          .isInstanceOf(HostCallException.class);
      attempt(vision, "decode", changed, 1L);
    }
  }

  @Test
  void aHeaderThatPromisesMoreThanFollowsIsAnError() throws Exception {
    byte[] promised = withSize(image("spotify.png"), 6_000, 6_000);
    assertThatThrownBy(() -> call(imaging, "decode", promised))
        .isInstanceOf(HostCallException.class);
  }

  @Test
  void damagedImagesFailAloneOrWork() throws Exception {
    Random chance = new Random(11);
    int read = 0;
    for (byte[] whole : kinds()) {
      for (int i = 0; i < DAMAGED; i++) {
        byte[] damaged = damage(whole, chance);
        attempt(imaging, "decode", damaged);
        if (attempt(vision, "decode", damaged, 1L) instanceof Raster raster) {
          read++;
          if (read % RECOGNIZED_OF == 0) {
            recognize(raster);
          }
        }
      }
    }
    assertThat(read).isPositive();
  }

  private static void recognize(Raster raster) {
    attempt(ocr, "recognize", raster, "eng", 3L, 3L, 0L, 2_000L, "text", List.of());
  }

  /** The same small picture in every format that is read. */
  private static List<byte[]> kinds() throws IOException, HostCallException {
    byte[] png = image("spotify.png");
    Raster pixels = (Raster) Objects.requireNonNull(call(vision, "decode", png, 1L));
    List<byte[]> kinds = new ArrayList<>(List.of(png));
    for (String ending : List.of(".jpg", ".bmp", ".tiff", ".webp", ".ppm")) {
      kinds.add((byte[]) Objects.requireNonNull(call(vision, "encode", ending, pixels, List.of())));
    }
    return kinds;
  }

  private static byte[] damage(byte[] whole, Random chance) {
    byte[] damaged = whole.clone();
    for (int i = chance.nextInt(12); i >= 0; i--) {
      // Half of the time in the header, where it matters most.
      int range = chance.nextBoolean() ? Math.min(64, damaged.length) : damaged.length;
      damaged[chance.nextInt(range)] = (byte) chance.nextInt();
    }
    return chance.nextInt(4) == 0
        ? Arrays.copyOf(damaged, chance.nextInt(damaged.length))
        : damaged;
  }

  private static @Nullable Object attempt(
      HostService service, String operation, @Nullable Object... arguments) {
    try {
      return call(service, operation, arguments);
    } catch (HostCallException refused) {
      return null;
    }
  }

  /** A PNG with another size in its header, and the checksum that goes with it. */
  private static byte[] withSize(byte[] png, int width, int height) {
    ByteBuffer changed = ByteBuffer.wrap(png.clone());
    changed.putInt(16, width).putInt(20, height);
    CRC32 checksum = new CRC32();
    checksum.update(changed.array(), 12, 17);
    changed.putInt(29, (int) checksum.getValue());
    return changed.array();
  }
}
