package io.pulzar.records;

import io.pulzar.http.ApiException;
import java.time.Duration;

/** What several parts refuse, in one wording. */
final class Refusals {

  private static final Duration SOON = Duration.ofSeconds(1);

  private Refusals() {}

  static ApiException behind(long wanted, long here) {
    return ApiException.unavailable(
        "behind",
        "this server has come to revision "
            + here
            + " and not yet to "
            + wanted
            + "; ask again, or ask the master",
        SOON);
  }

  static ApiException noMaster() {
    return ApiException.unavailable(
        "no_master", "the master can't be reached, and only it writes; try again", SOON);
  }

  static ApiException starting() {
    return ApiException.unavailable(
        "starting", "this node has not yet fetched the records from the master; try again", SOON);
  }
}
