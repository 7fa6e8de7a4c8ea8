package io.pulzar.values;

import io.pulzar.EmbeddedBucket;
import io.pulzar.Rerun;
import io.pulzar.TestServer;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    Rerun.of(tests);
  }

  /** All but those about copies, which are the bucket's own business. */
  @Test
  void conditionsOfWritesAreTheSame() {
    Rerun.of(
        "io.pulzar.values.WriteConditionsTest",
        "aValueThatIsNotTheOneMeantStays",
        "theOneMeantGivesWay",
        "aConditionDoesNotReplaceByItself",
        "aMissingKeyMatchesNothing",
        "aRemovalHasConditionsToo",
        "ofManyWhoSawTheSameValueOneWrites");
  }
}
