package io.pulzar.masters;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The only master and PostgreSQL are killed by turns in the middle of launches. Few of both are in
 * {@link MastersIT}.
 */
final class KilledPostgresIT {

  @TempDir private Path directory;
  private final Random random = new Random();

  @Test
  @Tag("long")
  void nothingAcknowledgedIsLostInManyKills() throws IOException {
    int kills = Integer.getInteger("pulzar.kills", 300);
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
        Masters master = new Masters(directory, postgres, 1);
        Launches launches = new Launches(master)) {
      for (int kill = 0; kill < kills; kill++) {
        launches.awaitMore();
        LockSupport.parkNanos(Duration.ofMillis(random.nextInt(100)).toNanos());
        if (kill % 2 == 0) {
          postgres.kill();
          postgres.restart();
        } else {
          master.process(0).kill();
          assertThat(master.process(0).log()).doesNotContain("incident");
          master.start(0);
        }
      }
      launches.awaitMore();
      launches.stop();
      launches.checkThatAllCompletedOnce();
      assertThat(master.process(0).log()).doesNotContain("incident");
    }
  }
}
