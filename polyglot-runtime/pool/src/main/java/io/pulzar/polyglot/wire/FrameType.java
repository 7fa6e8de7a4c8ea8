package io.pulzar.polyglot.wire;

/** The first byte of a frame is the position in this list. */
enum FrameType {
  START,
  CANCEL,
  HOST_RESULT,
  READY,
  STARTED,
  LOG,
  OUTPUT,
  HOST_CALL,
  ENDED,
  PREPARE,
  PREPARED
}
