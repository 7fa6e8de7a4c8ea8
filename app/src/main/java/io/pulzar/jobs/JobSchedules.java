package io.pulzar.jobs;

import io.micronaut.json.tree.JsonNode;
import io.pulzar.rights.OfScript;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Takes launches that carry {@code scheduled}; implemented by the feature that keeps schedules. */
public interface JobSchedules {

  /**
   * Records a schedule.
   *
   * @param path of a script that exists
   * @param parameters the client's JSON object without {@code scheduled}
   * @param data key of a stored value that each run reads
   * @param scheduled what the client sent as {@code scheduled}; may be anything
   * @param idempotencyKey the same key within a day names the first schedule again
   * @return the schedule's id, once it is on the disk; fails with an {@link
   *     io.pulzar.http.ApiException}: 400 naming the field that makes no sense, 429 when there are
   *     too many
   */
  CompletionStage<Long> schedule(
      String path,
      String parameters,
      Optional<String> data,
      JsonNode scheduled,
      Optional<String> idempotencyKey);

  /** The newest schedules as {@code admin/jobs} lists them. */
  List<? extends OfScript> newest(int limit);
}
