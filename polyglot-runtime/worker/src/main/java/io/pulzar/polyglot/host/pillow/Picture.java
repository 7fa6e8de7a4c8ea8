package io.pulzar.polyglot.host.pillow;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A decoded image with what does not fit into samples. */
final class Picture {

  private final String mode;
  private final Raster raster;
  private final byte @Nullable [] palette;
  private final byte @Nullable [] transparency;
  private final int resolution;

  /**
   * Takes what a decoder found.
   *
   * @param mode Pillow's name for the kind of pixel: {@code 1} (samples are 0 and 255), {@code L},
   *     {@code LA}, {@code P}, {@code RGB}, {@code RGBA} or {@code I}
   * @param palette red, green and blue of each colour of a {@code P}
   * @param transparency one alpha for each colour of a {@code P}; else two bytes for each channel
   *     of the transparent colour
   * @param resolution pixels for each metre, 0 when unknown
   */
  Picture(
      String mode,
      Raster raster,
      byte @Nullable [] palette,
      byte @Nullable [] transparency,
      int resolution) {
    this.mode = mode;
    this.raster = raster;
    this.palette = palette;
    this.transparency = transparency;
    this.resolution = resolution;
  }

  String mode() {
    return mode;
  }

  Raster raster() {
    return raster;
  }

  /** The form in which Python takes it. */
  List<@Nullable Object> toList() {
    return Arrays.asList(mode, raster, palette, transparency, resolution);
  }
}
