package io.pulzar.storage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.pulzar.EmbeddedPostgres;
import io.pulzar.TestServer;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

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
    succeed(run(selectClass(tests)));
  }

  @Test
  void schedulesAreTheSame() {
    succeed(
        run(
            Stream.of(
                    "aScheduleIsListedWithItsPlan",
                    "aRunComesAtItsTimeAndIsKept",
                    "whatIsPausedHasNoDueTimeUntilItIsResumed")
                .map(test -> selectMethod("io.pulzar.schedules.SchedulesOverHttpTest", test))
                .toArray(DiscoverySelector[]::new)));
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
    succeed(run(selectClass(tests)));
  }

  private static TestExecutionSummary run(DiscoverySelector... tests) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request().selectors(Arrays.asList(tests)).build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, listener);
    return listener.getSummary();
  }

  private static void succeed(TestExecutionSummary summary) {
    assertThat(summary.getFailures())
        .extracting(
            failure -> failure.getTestIdentifier().getDisplayName() + ": " + failure.getException())
        .isEmpty();
    assertThat(summary.getTestsSucceededCount()).isPositive();
  }
}
