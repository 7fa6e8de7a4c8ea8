package io.pulzar.polyglot.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.polyglot.HostCallException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What scripts ask of services is allocated only where there is room. */
final class HeapRoomTest {

  @ParameterizedTest
  @ValueSource(longs = {1L << 40, Long.MAX_VALUE - (1 << 20), Long.MAX_VALUE})
  void whatNoHeapHasIsAMemoryErrorHoweverLargeItIs(long bytes) {
    assertThatThrownBy(() -> HeapRoom.require(bytes))
        .isInstanceOfSatisfying(
            HostCallException.class,
            refused -> assertThat(refused.type()).isEqualTo("MemoryError"));
  }

  @Test
  void whatIsSmallIsNotLookedAt() {
    assertThatCode(() -> HeapRoom.require(1 << 19)).doesNotThrowAnyException();
  }
}
