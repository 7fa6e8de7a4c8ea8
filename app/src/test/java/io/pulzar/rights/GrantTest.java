package io.pulzar.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.http.ApiException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GrantTest {

  @ParameterizedTest
  @CsvSource({
    "**, a, true",
    "**, /a/b/c, true",
    "finance/**, finance/report, true",
    "finance/**, /finance/2026/report, true",
    "finance/**, finance, false",
    "finance/**, financeteam/report, false",
    "finance/*, finance/report, true",
    "finance/*, finance/2026/report, false",
    "*/report, finance/report, true",
    "finance/report, finance/report, true",
    "finance/report, finance/report2, false",
  })
  void aPatternCoversItsFolderAndNothingBesideIt(String pattern, String path, boolean covered) {
    assertThat(new PathPattern(pattern).covers(path)).isEqualTo(covered);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "a//b", "**/a", "fin*/a", "a b", "a,b", "scripts=a"})
  void aPatternThatCouldBeReadInTwoWaysIsRefused(String pattern) {
    assertThatThrownBy(() -> new PathPattern(pattern))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + pattern + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"viewer", "runner finance/**", "author scripts=finance/** data=reports/**"})
  void aGrantIsReadAsItIsWritten(String text) {
    assertThat(Grant.parse(text)).hasToString(text);
  }

  @Test
  void anUnknownRoleIsNamedTogetherWithThoseThatAre() {
    assertThatThrownBy(() -> Grant.parse("king"))
        .hasMessageContaining("'king'")
        .hasMessageContaining("viewer, runner, operator, author, administrator");
  }

  @Test
  void aRightHoldsWhereItsGrantDoesAndGrantsDoNotMix() {
    Identity jane = identity("runner finance/**", "viewer scripts=** data=public/**");
    assertThat(jane.mayScript(Right.RUN, "finance/report")).isTrue();
    assertThat(jane.mayScript(Right.RUN, "ops/report")).isFalse();
    assertThat(jane.mayScript(Right.VIEW, "ops/report")).isTrue();
    assertThat(jane.mayData(Right.READ_DATA, "/public/a")).isTrue();
    assertThat(jane.mayData(Right.WRITE_DATA, "/public/a")).isFalse();
    assertThat(jane.mayData(Right.READ_DATA, "/ops/a")).isFalse();
    assertThat(jane.mayEverywhere(Right.VIEW)).isFalse();
    assertThatThrownBy(() -> jane.requireScript(Right.RUN, "ops/report"))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("'run'")
        .hasMessageContaining("ops/report");
  }

  @Test
  void nobodyMayDoNothingAndEverybodyEverything() {
    for (Right right : Right.values()) {
      assertThat(Identity.NOBODY.may(right)).isFalse();
      assertThat(Identity.EVERYBODY.mayEverywhere(right)).isTrue();
    }
  }

  private static Identity identity(String... grants) {
    return new Identity(
        "jane", List.of(grants).stream().map(Grant::parse).toList(), Optional.empty());
  }
}
