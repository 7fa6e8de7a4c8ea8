package io.pulzar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class TableTest {

  private final Table table = new Table("!ID", "SCRIPT", "NODE");

  @Test
  void outsideOfAWindowEveryCellIsWholeAndColumnsAreTwoSpacesApart() {
    table.row(7, "reports/" + "long/".repeat(30) + "daily", "one");
    table.row(12_345, "a", null);
    List<String> lines = printed(OptionalInt.empty());
    assertThat(lines.getFirst()).matches("ID     SCRIPT {152,}NODE");
    assertThat(lines.get(1)).contains("long/long/long/daily  one");
    assertThat(lines.get(2)).matches("12345  a +-");
  }

  @Test
  void inAWindowTheWidestColumnIsCutUntilAllFits() {
    table.row(1_234_567_890, "reports/very/deep/folder/daily", "a-node-with-a-name");
    List<String> lines = printed(OptionalInt.of(40));
    assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(40));
    assertThat(lines.get(1)).startsWith("1234567890  reports").contains("…  a-node");
  }

  @Test
  void aWindowThatIsTooNarrowForAllCutsLines() {
    table.row(1_234_567_890, "reports/daily", "one");
    assertThat(printed(OptionalInt.of(20)))
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(20));
  }

  @Test
  void whatWouldMoveTheCursorIsNotPrinted() {
    table.row(1, "two\nlines\tand \u001b[2Jmore", "ñandú 🦤");
    assertThat(printed(OptionalInt.empty()).get(1)).contains("two lines and ?[2Jmore  ñandú 🦤");
  }

  private List<String> printed(OptionalInt columns) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    table.print(new PrintStream(bytes, true, StandardCharsets.UTF_8), columns);
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
