package io.pulzar.jobs;

import io.pulzar.http.ApiException;
import java.time.Duration;

/** Every way in which this feature refuses a request. */
final class Refusals {

  private Refusals() {}

  static ApiException noSuchScript(String path) {
    return ApiException.notFound(
        "job_not_found",
        "no script "
            + path
            + ".py in the jobs directory of the master or of a node; admin/job_catalog lists what is"
            + " there");
  }

  static ApiException noSuchJob(String id) {
    return ApiException.notFound("job_not_found", "no job with id " + id);
  }

  static ApiException badParameters(String what) {
    return ApiException.badRequest(
        "bad_parameters", "the body must be one JSON object with the job's parameters: " + what);
  }

  static ApiException parametersTooLarge(long limit) {
    return ApiException.tooLarge(
        "parameters_too_large",
        "a job's parameters may have "
            + limit
            + " bytes; store larger data as a value and name its key as pulzar_data");
  }

  static ApiException queueFull(int bound) {
    return ApiException.tooMany(
        "queue_full",
        bound + " jobs are waiting already; try again later, or raise pulzar.jobs.queue",
        Duration.ofSeconds(1));
  }

  static ApiException tooManyIdempotencyKeys(int bound) {
    return ApiException.tooMany(
        "too_many_idempotency_keys",
        bound
            + " idempotency keys are remembered already; send fewer, or raise"
            + " pulzar.jobs.idempotency-keys",
        Duration.ofMinutes(1));
  }

  static ApiException badIdempotencyKey(int longest) {
    return ApiException.badRequest(
        "bad_idempotency_key", "an Idempotency-Key has 1 to " + longest + " characters of ASCII");
  }

  static ApiException idempotencyKeyReused(long first) {
    return ApiException.unprocessable(
        "idempotency_key_reused",
        "this Idempotency-Key started job "
            + first
            + " with another script or another body; use a new key for a new job",
        null);
  }

  static ApiException ended(long id, String state) {
    return ApiException.conflict(
        "job_ended", "job " + id + " is " + state + " and cannot be canceled any more");
  }

  static ApiException noSuchData(String key) {
    return ApiException.notFound(
        "key_not_found", "pulzar_data names " + key + ", which is not stored; add it first");
  }

  static ApiException badNumber(String name, String text, int most) {
    return ApiException.badRequest(
        "bad_" + name, name + " is a whole number from 1 to " + most + ", got '" + text + "'");
  }

  static ApiException nothingToWaitFor() {
    return ApiException.badRequest(
        "bad_wait",
        "wait is for a job that runs now, and scheduled asks for runs later; send one of them");
  }

  static ApiException badWait(String text) {
    return ApiException.badRequest("bad_wait", "wait is a duration like 30s, got '" + text + "'");
  }
}
