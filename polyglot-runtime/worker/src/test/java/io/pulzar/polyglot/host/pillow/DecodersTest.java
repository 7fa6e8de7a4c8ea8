package io.pulzar.polyglot.host.pillow;

import static io.pulzar.polyglot.host.Fixtures.call;
import static io.pulzar.polyglot.host.Fixtures.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.polyglot.HostCallException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DecodersTest {

  /** 3×2 pixels of four colours: 0 1 2 / 3 0 1. */
  private static final byte[] GIF =
      HexFormat.of()
          .parseHex(
              "474946383961030002008100000000000000ff00ff00ff0000"
                  + "2c000000000300020000020444340500"
                  + "3b");

  private final ImagingService imaging = new ImagingService();

  @Test
  void anImageSurvivesBeingWritten() throws Exception {
    for (String name : List.of("spotify.png", "text_example.png", "image_base.png")) {
      Raster before = raster(image(name));
      byte[] written =
          (byte[]) Objects.requireNonNull(call(imaging, "png", before, null, null, 0L));
      assertThat(raster(written).samples()).isEqualTo(before.samples());
    }
  }

  @Test
  void aFileThatEndsEarlyIsAnError() throws Exception {
    byte[] whole = image("spotify.png");
    for (int length = 8; length < whole.length - 40; length += 97) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> raster(cut)).isInstanceOf(HostCallException.class);
    }
  }

  @Test
  void damagedFilesAreAnErrorOrAnImage() throws Exception {
    Random random = new Random(11);
    for (byte[] whole : List.of(image("spotify.png"), GIF)) {
      for (int i = 0; i < 2_000; i++) {
        byte[] damaged = whole.clone();
        for (int change = random.nextInt(1, 6); change > 0; change--) {
          damaged[random.nextInt(Math.min(damaged.length, 120))] = (byte) random.nextInt();
        }
        decodeOrRefuse(damaged);
      }
    }
  }

  @Test
  void headersNeverReadBeyondTheirEnd() {
    Random random = new Random(3);
    for (String start :
        List.of(
            "89504e470d0a1a0a",
            "ffd8ff",
            "474946383961",
            "424d",
            "49492a00",
            "4d4d002a",
            "52494646",
            "5036")) {
      byte[] magic = HexFormat.of().parseHex(start);
      for (int i = 0; i < 500; i++) {
        byte[] bytes = new byte[random.nextInt(magic.length, 80)];
        random.nextBytes(bytes);
        System.arraycopy(magic, 0, bytes, 0, magic.length);
        assertThat(ImageHeader.read(bytes)).isNotNull();
      }
    }
  }

  private void decodeOrRefuse(byte[] damaged) {
    try {
      call(imaging, "decode", damaged);
    } catch (HostCallException refused) {
      assertThat(refused.type())
          .isIn("OSError", "ValueError", "MemoryError", "NotImplementedError");
    }
  }

  private Raster raster(byte[] encoded) throws HostCallException {
    List<?> picture = (List<?>) Objects.requireNonNull(call(imaging, "decode", encoded));
    return (Raster) Objects.requireNonNull(picture.get(1));
  }
}
