package io.pulzar.storage.postgres;

import io.pulzar.EmbeddedPostgres;
import io.pulzar.Rerun;
import io.pulzar.TestServer;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of features over HTTP, run again with their master on PostgreSQL. */
final class FeaturesOnPostgresTest {

  @BeforeAll
  static void start() {
    EmbeddedPostgres postgres = EmbeddedPostgres.shared();
    TestServer.everywhere(postgres::settings);
  }

  @AfterAll
  static void stop() {
    TestServer.everywhere(home -> Map.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "io.pulzar.jobs.JobsOverHttpTest",
        "io.pulzar.records.TextOverHttpTest",
        "io.pulzar.values.ValuesOverHttpTest"
      })
  void whatClientsSeeIsTheSame(String tests) {
    Rerun.of(tests);
  }

  @Test
  void schedulesAreTheSame() {
    Rerun.of(
        "io.pulzar.schedules.SchedulesOverHttpTest",
        "aScheduleIsListedWithItsPlan",
        "aRunComesAtItsTimeAndIsKept",
        "whatIsPausedHasNoDueTimeUntilItIsResumed");
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "io.pulzar.jobs.FullQueueTest",
        "io.pulzar.jobs.NodeOverHttpTest",
        "io.pulzar.jobs.DrainedNodeTest",
        "io.pulzar.jobs.PlacedJobsTest",
        "io.pulzar.schedules.SchedulesOverHttpTest",
        "io.pulzar.records.SharedOverHttpTest",
        "io.pulzar.records.PeersTest",
        "io.pulzar.values.ReplicasTest",
        "io.pulzar.alarms.AlarmsOverHttpTest",
        "io.pulzar.secrets.SecretsOverHttpTest",
        "io.pulzar.access.SessionsTest"
      })
  void moreOfThemAreTheSame(String tests) {
    Rerun.of(tests);
  }
}
