package io.pulzar.values;

import java.io.InputStream;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** The body of a write, read in one of two ways. */
interface UploadBody {

  /** Bytes, where the client said so beforehand. */
  OptionalLong announced();

  /** All of it at once; only for bodies announced as small. Does not block. */
  CompletionStage<byte[]> whole();

  /** Piece by piece; reading blocks until the client has sent more. */
  InputStream stream();
}
