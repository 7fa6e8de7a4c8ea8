package io.pulzar.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.TestServer;
import io.pulzar.settings.BadSettingException;
import io.pulzar.settings.Settings;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeIdentityTest {

  @TempDir Path directory;

  @Test
  void theFirstStartDecidesAndLaterOnesKeepIt() {
    NodeIdentity first = NodeIdentity.of(settings(Map.of("pulzar.node.name", "mine")), "id-1");
    NodeIdentity again = NodeIdentity.of(settings(Map.of()), "id-2");
    assertThat(again).isEqualTo(first);
    assertThat(again.name()).isEqualTo("mine");
    assertThat(again.id()).isEqualTo("id-1");
  }

  @Test
  void aConfiguredNameReplacesTheKeptOneAndTheIdStays() {
    NodeIdentity.of(settings(Map.of("pulzar.node.name", "old")), "id-1");
    NodeIdentity renamed = NodeIdentity.of(settings(Map.of("pulzar.node.name", "new")), "id-2");
    assertThat(renamed.name()).isEqualTo("new");
    assertThat(renamed.id()).isEqualTo("id-1");
    assertThat(NodeIdentity.of(settings(Map.of()), "id-3").name()).isEqualTo("new");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b", "a b", ".hidden", "é", "-x"})
  void aNameThatCannotStandInAPathIsRefused(String name) {
    Settings settings = settings(Map.of("pulzar.node.name", name));
    assertThatThrownBy(() -> NodeIdentity.of(settings, "id-1"))
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining("pulzar.node.name");
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.7, , http://10.0.0.7:5",
    "0.0.0.0, box.example, http://box.example:5",
    "::1, , http://[::1]:5",
  })
  void othersReachItAtItsHost(String listening, String hostname, String url) {
    Map<String, String> chosen =
        hostname == null
            ? Map.of("pulzar.server.host", listening)
            : Map.of("pulzar.server.host", listening, "pulzar.server.hostname", hostname);
    assertThat(NodeIdentity.of(settings(chosen), "id-1").url(5)).isEqualTo(url);
  }

  @Test
  void aNodeWithAMasterOnThisMachineListensOnLoopback() {
    assertThat(ListeningAddress.of(node("http://localhost:31414"))).isEqualTo("127.0.0.1");
  }

  @Test
  void aNodeWithAMasterElsewhereListensWhereThatOneCanReachIt() throws Exception {
    // Any address of a test network will do: only the way there is looked up.
    String here = ListeningAddress.of(node("http://198.18.0.1:31414"));
    assertThat(NetworkInterface.getByInetAddress(InetAddress.getByName(here))).isNotNull();
    assertThat(here).isNotEqualTo("127.0.0.1");
  }

  @Test
  void aChosenAddressCounts() {
    Settings chosen =
        settings(
            Map.of(
                "pulzar.server.role", "node",
                "pulzar.server.host", "127.0.0.2",
                "pulzar.node.master", "http://198.18.0.1:31414"));
    assertThat(ListeningAddress.of(chosen)).isEqualTo("127.0.0.2");
  }

  @Test
  void aMasterThatCannotBeFoundIsNamed() {
    assertThatThrownBy(() -> ListeningAddress.of(node("http://nowhere.invalid:31414")))
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining("nowhere.invalid")
        .hasMessageContaining("--host");
  }

  private Settings node(String master) {
    return settings(Map.of("pulzar.server.role", "node", "pulzar.node.master", master));
  }

  private Settings settings(Map<String, String> chosen) {
    return TestServer.settings(directory, chosen);
  }
}
