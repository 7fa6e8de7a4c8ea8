package io.pulzar.values;

import io.pulzar.values.ValueReads.Bytes;
import java.util.concurrent.CompletionStage;

/** Where the bytes of a version come from. */
@FunctionalInterface
interface ByteSource {

  /** A part of them, the first block of which has been checked. */
  CompletionStage<Bytes> open(StoredValue value, long from, long length);
}
