package io.pulzar.schedules;

import io.pulzar.http.ApiException;
import java.time.Duration;
import java.util.Locale;

/** Every way in which this feature refuses a request; those about fields are in {@link Fields}. */
final class ScheduleRefusals {

  private ScheduleRefusals() {}

  static ApiException unknown(long id) {
    return unknown(Long.toString(id));
  }

  static ApiException unknown(String id) {
    return ApiException.notFound(
        "schedule_not_found",
        "no schedule with id " + id + "; admin/scheduled_jobs lists those that are there");
  }

  static ApiException idempotencyKeyReused(long first) {
    return ApiException.unprocessable(
        "idempotency_key_reused",
        "this Idempotency-Key started schedule "
            + first
            + " with another script or other parameters; use a new key for a new schedule",
        null);
  }

  static ApiException over(Schedule schedule, String wish) {
    return ApiException.conflict(
        "schedule_over",
        "schedule "
            + schedule.id()
            + " is "
            + schedule.state().name().toLowerCase(Locale.ROOT)
            + " and cannot be "
            + wish
            + " any more; launch its job again");
  }

  static ApiException tooMany(int most) {
    return ApiException.tooMany(
        "too_many_schedules",
        most + " schedules are there already; cancel some, or raise pulzar.schedules.most",
        Duration.ofMinutes(1));
  }
}
