package io.pulzar.masters;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.TestServer;
import io.pulzar.link.ClusterKey;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a standby says that a connection is for. */
final class ClientLineTest {

  @TempDir private Path directory;
  private final Clock clock = Clock.systemUTC();

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.5", "2001:db8:0:0:0:0:0:7", "fe80::1%1"})
  void anAddressArrivesWithoutWhatMeansSomethingOnItsMachineOnly(String address) {
    InetAddress client = InetAddress.ofLiteral(address);
    InetAddress bare = InetAddress.ofLiteral(address.replaceFirst("%.*", ""));
    assertThat(lines("of all", clock).read(line("of all", client)))
        .contains(new ClientLine.Named(bare, true));
  }

  @Test
  void theLineIsShortEnoughToBeRead() {
    byte[] line = lines("of all", clock).of(InetAddress.ofLiteral("2001:db8:1:2:3:4:5:6666"));
    assertThat(line.length).isLessThan(ClientLine.LONGEST);
  }

  @Test
  void nobodyWithoutTheKeySaysWhoAClientIs() {
    ClientLine reader = lines("of all", clock);
    String line = line("of all", InetAddress.ofLiteral("127.0.0.5"));
    assertThat(reader.read(line)).isPresent();
    assertThat(reader.read(line.replace("127.0.0.5", "127.0.0.6"))).isEmpty();
    assertThat(reader.read(line("another", InetAddress.ofLiteral("127.0.0.5")))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "PULZAR-CLIENT ", "PULZAR-CLIENT a b c", "GET / HTTP/1.1 x"})
  void whatIsNoSuchLineNamesNobody(String line) {
    assertThat(lines("of all", clock).read(line)).isEmpty();
  }

  @Test
  void aLineThatSomebodyHasKeptIsToldApart() {
    Clock later = Clock.offset(clock, Duration.ofMinutes(2));
    InetAddress client = InetAddress.ofLiteral("127.0.0.5");
    assertThat(lines("of all", later).read(line("of all", client)))
        .contains(new ClientLine.Named(client, false));
  }

  private String line(String key, InetAddress client) {
    String line = new String(lines(key, clock).of(client), StandardCharsets.US_ASCII);
    assertThat(line).endsWith("\n");
    return line.strip();
  }

  private ClientLine lines(String key, Clock time) {
    Map<String, String> settings = Map.of("pulzar.server.key", key);
    return new ClientLine(ClusterKey.of(TestServer.settings(directory, settings)), time);
  }
}
