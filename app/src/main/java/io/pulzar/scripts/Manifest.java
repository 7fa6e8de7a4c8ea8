package io.pulzar.scripts;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * The files that are distributed, by path.
 *
 * @param files what a jobs directory consists of
 */
@Serdeable
record Manifest(List<File> files) {

  static final Manifest EMPTY = new Manifest(List.of());

  /**
   * One file.
   *
   * @param path below the jobs directory, with {@code /}
   * @param sha256 of its bytes, in hexadecimal
   */
  @Serdeable
  record File(String path, String sha256, long size) {}

  /** Names this state of all files; empty when there are none. */
  String digest() {
    if (files.isEmpty()) {
      return "";
    }
    Digest digest = new Digest();
    files.forEach(file -> digest.text(file.path()).text(file.sha256()));
    return digest.hex();
  }

  long size() {
    return files.stream().mapToLong(File::size).sum();
  }
}
