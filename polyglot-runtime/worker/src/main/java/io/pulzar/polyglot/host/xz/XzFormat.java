package io.pulzar.polyglot.host.xz;

/** The formats of a stream. */
enum XzFormat {
  AUTO,
  XZ,
  ALONE,
  RAW
}
