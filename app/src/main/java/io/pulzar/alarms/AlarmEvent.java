package io.pulzar.alarms;

import java.util.Arrays;
import java.util.Locale;

/** What people are told of. */
enum AlarmEvent {
  /** A run failed for good: its retries failed too. */
  FAILURE(0),
  /** What was told is over. */
  RECOVERY(1),
  /** A schedule has not succeeded for so long. */
  LATE(2),
  /** A run has waited so long for its turn. */
  WAITING(3),
  /** Somebody tries a receiver. */
  TEST(4);

  private final int number;

  AlarmEvent(int number) {
    this.number = number;
  }

  /** Part of the format on the disk. */
  int number() {
    return number;
  }

  static AlarmEvent numbered(int number) {
    return Arrays.stream(values())
        .filter(event -> event.number == number)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "an alarm of kind " + number + " was stored by a newer version"));
  }

  /** As rules, bodies and texts name it: {@code failure}. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
