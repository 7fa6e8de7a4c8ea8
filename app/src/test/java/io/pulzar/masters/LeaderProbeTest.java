package io.pulzar.masters;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a leader counts as ended before its lease is over. */
final class LeaderProbeTest {

  private final ToldElection election = new ToldElection();
  private final LeaderProbe probe = new LeaderProbe(election, URI.create("http://127.0.0.1:1"));

  @Test
  void aLeaderThatWasReachedIsLateAndRefusesTwiceHasEnded() throws IOException {
    try (ServerSocket _ = lead()) {
      assertThat(probe.leaderHasEnded()).isFalse();
    }
    assertThat(probe.leaderHasEnded()).as("it is not late").isFalse();
    election.late = true;
    assertThat(probe.leaderHasEnded()).as("one refusal").isFalse();
    assertThat(probe.leaderHasEnded()).isTrue();
  }

  @Test
  void aLeaderThatIsLateAndListensHasNotEnded() throws IOException {
    election.late = true;
    try (ServerSocket _ = lead()) {
      for (int look = 0; look < 5; look++) {
        assertThat(probe.leaderHasEnded()).isFalse();
      }
    }
  }

  @Test
  void aLeaderThatWasNeverReachedFromHereSaysNothingByRefusing() throws IOException {
    lead().close();
    election.late = true;
    for (int look = 0; look < 5; look++) {
      assertThat(probe.leaderHasEnded()).isFalse();
    }
  }

  @Test
  void aSignOfLifeBetweenTwoRefusalsCounts() throws IOException {
    try (ServerSocket _ = lead()) {
      assertThat(probe.leaderHasEnded()).isFalse();
    }
    for (int look = 0; look < 6; look++) {
      election.late = look % 2 == 0;
      assertThat(probe.leaderHasEnded()).isFalse();
    }
  }

  @Test
  void whereThisServerItselfIsReachedNobodyElseLeads() {
    election.late = true;
    election.leader = Optional.of("http://127.0.0.1:1");
    for (int look = 0; look < 5; look++) {
      assertThat(probe.leaderHasEnded()).isFalse();
    }
  }

  private ServerSocket lead() throws IOException {
    ServerSocket leader = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    election.leader = Optional.of("http://127.0.0.1:" + leader.getLocalPort());
    return leader;
  }
}
