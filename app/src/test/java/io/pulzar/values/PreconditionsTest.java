package io.pulzar.values;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.values.Preconditions.Verdict;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** RFC 9110, section 13. */
final class PreconditionsTest {

  private static final String TAG = "\"1-2\"";
  private static final Instant WRITTEN = Instant.parse("2026-11-01T08:00:00.500Z");
  private static final String SAME = "Sun, 01 Nov 2026 08:00:00 GMT";
  private static final String EARLIER = "Sun, 01 Nov 2026 07:59:59 GMT";

  @Test
  void datesAreWrittenAsHttpWantsThem() {
    assertThat(Preconditions.httpDate(WRITTEN)).isEqualTo(SAME);
  }

  @Test
  void withoutConditionsTheValueIsServed() {
    assertThat(judge(null, null, null, null)).isEqualTo(Verdict.SERVE);
  }

  @Test
  void aClientThatHasTheVersionDoesNotGetItAgain() {
    assertThat(judge(null, TAG, null, null)).isEqualTo(Verdict.NOT_MODIFIED);
    assertThat(judge(null, "\"x\", W/" + TAG, null, null)).isEqualTo(Verdict.NOT_MODIFIED);
    assertThat(judge(null, "*", null, null)).isEqualTo(Verdict.NOT_MODIFIED);
    assertThat(judge(null, null, SAME, null)).isEqualTo(Verdict.NOT_MODIFIED);
    assertThat(judge(null, null, EARLIER, null)).isEqualTo(Verdict.SERVE);
  }

  @Test
  void theTagCountsMoreThanTheDate() {
    assertThat(judge(null, "\"x\"", SAME, null)).isEqualTo(Verdict.SERVE);
    assertThat(judge(TAG, null, null, EARLIER)).isEqualTo(Verdict.SERVE);
  }

  @Test
  void aClientThatWantsAnotherVersionGetsNone() {
    assertThat(judge("\"x\"", null, null, null)).isEqualTo(Verdict.FAILED);
    assertThat(judge("W/" + TAG, null, null, null)).isEqualTo(Verdict.FAILED);
    assertThat(judge("*", null, null, null)).isEqualTo(Verdict.SERVE);
    assertThat(judge(null, null, null, EARLIER)).isEqualTo(Verdict.FAILED);
    assertThat(judge(null, null, null, SAME)).isEqualTo(Verdict.SERVE);
  }

  @Test
  void aDateThatCantBeReadCountsAsAbsent() {
    assertThat(judge(null, null, "yesterday", "tomorrow")).isEqualTo(Verdict.SERVE);
  }

  @Test
  void partsOfAnotherVersionAreNotMixed() {
    assertThat(withRange(null).allowsPart(TAG, WRITTEN)).isTrue();
    assertThat(withRange(TAG).allowsPart(TAG, WRITTEN)).isTrue();
    assertThat(withRange(SAME).allowsPart(TAG, WRITTEN)).isTrue();
    assertThat(withRange("\"x\"").allowsPart(TAG, WRITTEN)).isFalse();
    assertThat(withRange(EARLIER).allowsPart(TAG, WRITTEN)).isFalse();
  }

  private static Verdict judge(
      @Nullable String ifMatch,
      @Nullable String ifNoneMatch,
      @Nullable String ifModifiedSince,
      @Nullable String ifUnmodifiedSince) {
    return new Preconditions(ifMatch, ifNoneMatch, ifModifiedSince, ifUnmodifiedSince, null)
        .judge(TAG, WRITTEN);
  }

  private static Preconditions withRange(@Nullable String ifRange) {
    return new Preconditions(null, null, null, null, ifRange);
  }
}
