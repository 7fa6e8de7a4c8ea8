package io.pulzar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs tests again, after the caller has changed what they run on. */
public final class Rerun {

  private Rerun() {}

  /** All tests of a class. */
  public static void of(String tests) {
    run(DiscoverySelectors.selectClass(tests));
  }

  /** Some tests of a class. */
  public static void of(String tests, String... methods) {
    run(
        Arrays.stream(methods)
            .map(method -> DiscoverySelectors.selectMethod(tests, method))
            .toArray(DiscoverySelector[]::new));
  }

  private static void run(DiscoverySelector... tests) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request().selectors(Arrays.asList(tests)).build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, listener);
    TestExecutionSummary summary = listener.getSummary();
    assertThat(summary.getFailures())
        .extracting(
            failure -> failure.getTestIdentifier().getDisplayName() + ": " + failure.getException())
        .isEmpty();
    assertThat(summary.getTestsSucceededCount()).isGreaterThanOrEqualTo(tests.length);
  }
}
