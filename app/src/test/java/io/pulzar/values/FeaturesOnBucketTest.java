package io.pulzar.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.pulzar.EmbeddedBucket;
import io.pulzar.TestServer;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Tests of features over HTTP, run again with the bytes of values in a bucket. */
final class FeaturesOnBucketTest {

  @BeforeAll
  static void start() {
    TestServer.everywhere(EmbeddedBucket.shared()::settings);
  }

  @AfterAll
  static void stop() {
    TestServer.everywhere(home -> Map.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "io.pulzar.values.ValuesOverHttpTest",
        "io.pulzar.values.ManyClientsTest",
        "io.pulzar.access.ScriptRightsTest",
        "io.pulzar.access.FolderRightsTest"
      })
  void whatClientsSeeIsTheSame(String tests) {
    succeed(run(selectClass(tests)));
  }

  /** All but those about copies, which are the bucket's own business. */
  @Test
  void conditionsOfWritesAreTheSame() {
    succeed(
        run(
            Stream.of(
                    "aValueThatIsNotTheOneMeantStays",
                    "theOneMeantGivesWay",
                    "aConditionDoesNotReplaceByItself",
                    "aMissingKeyMatchesNothing",
                    "aRemovalHasConditionsToo",
                    "ofManyWhoSawTheSameValueOneWrites")
                .map(test -> selectMethod("io.pulzar.values.WriteConditionsTest", test))
                .toArray(DiscoverySelector[]::new)));
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
