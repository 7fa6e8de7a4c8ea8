package io.pulzar.values;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110, section 14. */
final class ByteRangeTest {

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0,0,1",
    "bytes=2-4,2,3",
    "bytes=7-,7,3",
    "bytes=-3,7,3",
    "bytes=-30,0,10",
    "bytes=5-99,5,5",
    "bytes = 1 - 2,1,2",
    "bytes=0-99999999999999999999,0,10"
  })
  void aRangeIsCutToTheValue(String header, long from, long length) {
    assertThat(ByteRange.parse(header, 10)).contains(new ByteRange(from, length));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=10-", "bytes=10-12", "bytes=99999999999999999999-", "bytes=-0"})
  void aRangeWithoutAByteIsNotSatisfiable(String header) {
    ByteRange range = ByteRange.parse(header, 10).orElseThrow();
    assertThat(range.isSatisfiable()).isFalse();
    assertThat(range.of(10)).isEqualTo("bytes */10");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=a-b",
        "bytes=4-2",
        "lines=1-2",
        "bytes=0-1,3-4"
      })
  void whatIsNotUnderstoodIsIgnored(String header) {
    assertThat(ByteRange.parse(header, 10)).isEmpty();
  }

  @Test
  void noHeaderMeansTheWholeValue() {
    assertThat(ByteRange.parse(null, 10)).isEmpty();
  }

  @Test
  void noByteOfAnEmptyValueCanBeHad() {
    assertThat(ByteRange.parse("bytes=0-", 0).orElseThrow().isSatisfiable()).isFalse();
    assertThat(ByteRange.parse("bytes=-1", 0).orElseThrow().isSatisfiable()).isFalse();
  }
}
