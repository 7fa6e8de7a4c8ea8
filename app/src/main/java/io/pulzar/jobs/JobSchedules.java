package io.pulzar.jobs;

import io.micronaut.json.tree.JsonNode;
import java.util.List;

/** Takes launches that carry {@code scheduled}; implemented by the feature that keeps schedules. */
public interface JobSchedules {

  /**
   * Records a schedule.
   *
   * @param path of a script that exists
   * @param parameters the client's JSON object without {@code scheduled}
   * @param scheduled what the client sent as {@code scheduled}; may be anything
   * @return the schedule's id, once it is on the disk
   * @throws io.pulzar.http.ApiException 400 naming the field that makes no sense
   */
  long schedule(String path, String parameters, JsonNode scheduled);

  /** The newest schedules as {@code admin/jobs} lists them. */
  List<?> newest(int limit);
}
