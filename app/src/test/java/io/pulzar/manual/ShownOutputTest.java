package io.pulzar.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ShownOutputTest {

  private static boolean matches(String shown, String printed) {
    return ShownOutput.matches(List.of(shown.split("\n", -1)), printed);
  }

  @Test
  void numbersOfJobsTimesAndDurationsAreNotCompared() {
    assertThat(matches("{\"job_id\":7} is job 7", "{\"job_id\":120} is job 9\n")).isTrue();
    assertThat(matches("job 7 completed in 0.8 s", "job 12 completed in 12.25 s")).isTrue();
    assertThat(matches("at 2026-11-21 09:00", "at 2027-01-02 10:59")).isTrue();
    assertThat(matches("at 2026-11-21T09:00:00Z", "at 2027-01-02T10:59:12.5Z")).isTrue();
  }

  @Test
  void allElseIs() {
    assertThat(matches("120", "121")).isFalse();
    assertThat(matches("job 7 completed", "job 7 failed")).isFalse();
    assertThat(matches("one\ntwo", "one\ntwo\nthree")).isFalse();
    assertThat(matches("(a|b)", "a")).isFalse();
    assertThat(matches("at 2026-11-21", "at noon")).isFalse();
  }

  @Test
  void dotsStandForAnythingAndSpacesForMore() {
    assertThat(matches("{\"a\":1,…}", "{\"a\":1,\"b\":{\"c\":2}}")).isTrue();
    assertThat(matches("one\n…\nfour", "one\ntwo\nthree\nfour")).isTrue();
    assertThat(matches("KEY  SIZE", "KEY       SIZE")).isTrue();
    assertThat(matches("KEY SIZE", "KEY  SIZE")).isFalse();
  }
}
