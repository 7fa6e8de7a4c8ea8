package io.pulzar.values;

import io.pulzar.keys.WriteOptions;
import java.util.concurrent.CompletionStage;

/** Takes values in, wherever their bytes go. Whatever fails leaves nothing behind that is seen. */
interface ValueSink {

  /**
   * Stores a value.
   *
   * @return complete when its bytes are safe and it is in the master's index; or an {@link
   *     io.pulzar.http.ApiException}: 409 {@code key_exists}, 412 {@code precondition_failed}, 413
   *     {@code value_too_large}, 503 {@code master_unreachable}, 507 {@code disk_full}, 503 {@code
   *     bucket_unavailable}
   */
  CompletionStage<StoredValue> write(WriteOptions request, UploadBody upload);
}
