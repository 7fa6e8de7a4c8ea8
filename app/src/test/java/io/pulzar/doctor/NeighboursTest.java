package io.pulzar.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NeighboursTest {

  @TempDir private Path directory;
  private Path accounts;

  @BeforeEach
  void writeAccounts() throws IOException {
    accounts =
        Files.writeString(
            directory.resolve("passwd"),
            """
            root:x:0:0:root:/root:/bin/bash
            jane:x:1000:1000:Jane:/home/jane:/bin/bash
            john:x:1001:1001:John:/home/john:/bin/zsh
            service:x:1002:1002::/srv:/usr/sbin/nologin
            nobody:x:65534:65534:nobody:/:/usr/sbin/nologin
            odd
            """);
  }

  @Test
  void whereOthersHaveAnAccountLoopbackIsNotCalledSafe() {
    assertThat(look(Map.of(), "jane"))
        .contains("poor", "every user of this machine may use it: john")
        .contains("pulzar.auth=on");
  }

  @Test
  void whereNobodyElseHasOneNothingIsToBeDone() throws IOException {
    Files.writeString(accounts, "jane:x:1000:1000:Jane:/home/jane:/bin/bash\n");
    assertThat(look(Map.of(), "jane")).startsWith("ok");
  }

  @Test
  void aServerThatAsksIsFine() {
    assertThat(look(Map.of("pulzar.auth", "on"), "jane")).startsWith("ok");
    assertThat(look(Map.of("pulzar.server.host", "0.0.0.0"), "jane")).startsWith("ok");
    assertThat(look(Map.of("pulzar.auth", "off"), "jane")).contains("poor", "proxy");
  }

  private String look(Map<String, String> settings, String self) {
    return Neighbours.look(TestServer.settings(directory, settings), accounts, self).toString();
  }
}
