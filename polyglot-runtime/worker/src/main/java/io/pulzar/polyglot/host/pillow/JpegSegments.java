package io.pulzar.polyglot.host.pillow;

/**
 * The segments of a JPEG (ITU T.81, annex B), as far as they tell whether it goes on to its end.
 * Decoders paint what is missing in grey and only warn.
 */
public final class JpegSegments {

  private static final int END_OF_IMAGE = 0xD9;

  private JpegSegments() {}

  /** Whether the marker of its end is where it belongs, and not only in a preview inside. */
  public static boolean isWhole(byte[] encoded) {
    int at = 2;
    while (at + 1 < encoded.length) {
      int marker = encoded[at + 1] & 0xFF;
      if (encoded[at] != (byte) 0xFF) {
        at++;
      } else if (marker == END_OF_IMAGE) {
        return true;
      } else if (marker == 0xFF) {
        at++;
      } else if (marker <= 1 || (marker >= 0xD0 && marker <= 0xD8)) {
        at += 2;
      } else if (at + 3 < encoded.length) {
        at += 2 + ((encoded[at + 2] & 0xFF) << 8 | (encoded[at + 3] & 0xFF));
      } else {
        return false;
      }
    }
    return false;
  }
}
