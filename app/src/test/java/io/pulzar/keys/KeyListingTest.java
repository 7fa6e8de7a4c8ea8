package io.pulzar.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.keys.KeyIndex.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class KeyListingTest {

  @Test
  void anAnswerIsBoundInBytesWhateverTheNumberOfItsKeys() {
    List<Row> rows = new ArrayList<>();
    String directory = ("/" + "d".repeat(Key.LONGEST_SEGMENT - 1)).repeat(3);
    for (int number = 0; number < 100_000; number++) {
      rows.add(row(directory + "/" + number));
    }
    assertThat(KeyListing.beginningOf(rows)).hasSizeBetween(10_000, 20_000);
    assertThat(KeyListing.beginningOf(rows).getFirst()).isSameAs(rows.getFirst());
  }

  @Test
  void keysOfUsualLengthsAllFit() {
    List<Row> rows = new ArrayList<>();
    for (int number = 0; number < 10_000; number++) {
      rows.add(row("/reports/2026/november/" + number));
    }
    assertThat(KeyListing.beginningOf(rows)).hasSize(10_000);
  }

  private static Row row(String path) {
    return new Row(new Key(path), new Location("node", 1, 1, 0, Instant.EPOCH, Optional.empty()));
  }
}
