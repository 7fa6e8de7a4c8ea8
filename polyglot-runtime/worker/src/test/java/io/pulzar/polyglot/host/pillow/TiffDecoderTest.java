package io.pulzar.polyglot.host.pillow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.polyglot.HostCallException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class TiffDecoderTest {

  private static final int PHOTOMETRIC = 262;
  private static final int EXTRA_SAMPLES = 338;

  @Test
  void coloursAreNotMultipliedWithTheirAlpha() throws Exception {
    Picture picture = decoded(tiff(2, 4, 8, 2, 200, 100, 50, 10));
    assertThat(picture.mode()).isEqualTo("RGBA");
    assertThat(picture.raster().samples()).containsExactly((byte) 200, 100, 50, 10);
  }

  @Test
  void coloursThatTheFileMultipliedAreDivided() throws Exception {
    assertThat(decoded(tiff(2, 4, 8, 1, 64, 32, 16, 128)).raster().samples())
        .containsExactly(127, 64, 32, (byte) 128);
  }

  @Test
  void inksBecomeRedGreenAndBlue() throws Exception {
    Picture picture = decoded(tiff(5, 4, 8, -1, 255, 0, 10, 5));
    assertThat(picture.mode()).isEqualTo("RGB");
    assertThat(picture.raster().samples()).containsExactly(0, (byte) 250, (byte) 240);
  }

  @Test
  void singleBitsAreBlackAndWhiteInBothOrders() throws Exception {
    Picture picture = decoded(tiff(1, 1, 1, -1, 0x80));
    assertThat(picture.mode()).isEqualTo("1");
    assertThat(picture.raster().samples()).containsExactly((byte) 255);
    assertThat(decoded(tiff(0, 1, 1, -1, 0x80)).raster().samples()).containsExactly(0);
  }

  @Test
  void whatWouldLookOtherwiseIsRefused() {
    assertThatThrownBy(() -> decoded(tiff(8, 3, 8, -1, 1, 2, 3)))
        .isInstanceOf(HostCallException.class)
        .hasMessageContaining("CIELab");
  }

  @Test
  void sixteenBitsAreLeftToOpenCv() throws Exception {
    byte[] wide = tiff(1, 1, 16, -1, 1, 2);
    assertThat(TiffDecoder.decode(wide, header(wide))).isEmpty();
  }

  @Test
  void damagedFilesAreAnImageOrRefused() throws Exception {
    Random random = new Random(5);
    byte[] whole = tiff(2, 4, 8, 2, 200, 100, 50, 10);
    for (int i = 0; i < 2_000; i++) {
      byte[] damaged = whole.clone();
      for (int change = random.nextInt(1, 5); change > 0; change--) {
        damaged[8 + random.nextInt(damaged.length - 8)] = (byte) random.nextInt();
      }
      try {
        Optional<ImageHeader> header = ImageHeader.checked(damaged);
        if (header.isPresent()) {
          assertThat(TiffDecoder.decode(damaged, header.get())).isNotNull();
        }
      } catch (HostCallException refused) {
        assertThat(refused.getMessage()).isNotBlank();
      }
    }
  }

  private static Picture decoded(byte[] tiff) throws HostCallException {
    return TiffDecoder.decode(tiff, header(tiff)).orElseThrow();
  }

  private static ImageHeader header(byte[] tiff) throws HostCallException {
    return ImageHeader.checked(tiff).orElseThrow();
  }

  /** One pixel, without compression, as TIFF 6.0 says. */
  private static byte[] tiff(int photometric, int channels, int bits, int extra, int... samples) {
    TreeMap<Integer, Integer> tags = new TreeMap<>();
    tags.put(256, 1);
    tags.put(257, 1);
    tags.put(259, 1);
    tags.put(PHOTOMETRIC, photometric);
    tags.put(277, channels);
    tags.put(278, 1);
    tags.put(279, samples.length);
    if (extra >= 0) {
      tags.put(EXTRA_SAMPLES, extra);
    }
    int entries = tags.size() + 2;
    int pixels = 8 + 2 + 12 * entries + 4;
    tags.put(273, pixels);
    tags.put(258, bits);
    ByteBuffer file =
        ByteBuffer.allocate(pixels + samples.length + 8).order(ByteOrder.LITTLE_ENDIAN);
    file.putShort((short) 0x4949).putShort((short) 42).putInt(8).putShort((short) entries);
    tags.forEach(
        (tag, value) -> {
          boolean each = tag == 258 && channels > 2;
          file.putShort((short) (int) tag).putShort((short) 3).putInt(tag == 258 ? channels : 1);
          file.putInt(each ? pixels + samples.length : value);
        });
    file.putInt(0);
    for (int sample : samples) {
      file.put((byte) sample);
    }
    for (int channel = 0; channel < 4; channel++) {
      file.putShort((short) bits);
    }
    return file.array();
  }
}
