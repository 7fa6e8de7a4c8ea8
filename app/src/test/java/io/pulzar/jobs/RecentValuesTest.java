package io.pulzar.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RecentValuesTest {

  private final RecentValues values = new RecentValues();

  @Test
  void theLastNodeIsFirst() {
    assertThat(values.of("/a")).isEmpty();
    values.given("/a", "one");
    values.given("/a", "two");
    values.given("/a", "one");
    assertThat(values.of("/a")).containsExactly("one", "two");
  }

  @Test
  void valuesThatNobodyAskedForLatelyAreForgotten() {
    values.given("/old", "one");
    values.given("/used", "one");
    for (int number = 0; number < RecentValues.MOST_VALUES - 1; number++) {
      values.given("/" + number, "one");
      assertThat(values.of("/used")).containsExactly("one");
    }
    assertThat(values.of("/old")).isEmpty();
  }

  @Test
  void ofManyNodesTheFirstAreForgotten() {
    for (int number = 0; number <= RecentValues.MOST_NODES; number++) {
      values.given("/a", "node " + number);
    }
    assertThat(values.of("/a")).hasSize(RecentValues.MOST_NODES).doesNotContain("node 0");
  }
}
