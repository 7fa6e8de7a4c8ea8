package io.pulzar.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.settings.BadSettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReplicationRulesTest {

  @Test
  void theLongestPrefixCountsAndAWriterGetsMoreButNotFewer() {
    ReplicationRules rules = new ReplicationRules(2, "/a/=3; /a/b=1 ;/c=d,e/=4;");
    assertThat(rules.wanted(new Key("/other"), 0)).isEqualTo(2);
    assertThat(rules.wanted(new Key("/a/key"), 0)).isEqualTo(3);
    assertThat(rules.wanted(new Key("/a/b/key"), 0)).isEqualTo(1);
    assertThat(rules.wanted(new Key("/c=d,e/key"), 0)).isEqualTo(4);
    assertThat(rules.wanted(new Key("/a/key"), 5)).isEqualTo(5);
    assertThat(rules.wanted(new Key("/a/key"), 2)).isEqualTo(3);
  }

  @Test
  void withoutSettingsOnlyWhoAsksGetsCopies() {
    ReplicationRules rules = new ReplicationRules(1, "");
    assertThat(rules.mayWantMore()).isFalse();
    assertThat(rules.wanted(new Key("/key"), 0)).isEqualTo(1);
    assertThat(rules.wanted(new Key("/key"), 2)).isEqualTo(2);
    assertThat(new ReplicationRules(2, "").mayWantMore()).isTrue();
    assertThat(new ReplicationRules(1, "/a=2").mayWantMore()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=2", "/a", "/a=", "/a=0", "/a=17", "/a=two", "=2"})
  void whatIsNoRuleStopsTheStart(String rule) {
    assertThatThrownBy(() -> new ReplicationRules(1, rule))
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining("pulzar.volume.replicas-for")
        .hasMessageContaining("/prefix=n");
  }
}
