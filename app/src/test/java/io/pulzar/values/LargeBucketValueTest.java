package io.pulzar.values;

import io.pulzar.EmbeddedBucket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The same with the bytes in a bucket, which a server in this process has. */
@Tag("slow")
final class LargeBucketValueTest extends LargeValueTest {

  @TempDir static Path ofBucket;
  private static EmbeddedBucket bucket;

  @BeforeAll
  static void startBucket() {
    bucket = EmbeddedBucket.startIn(ofBucket);
  }

  @AfterAll
  static void stopBucket() {
    bucket.close();
  }

  @Override
  List<String> more(Path home) {
    Map<String, String> settings = new HashMap<>(bucket.settings(home));
    settings.put("pulzar.values.memory", "16MB");
    settings.put("pulzar.values.timeout", "15s");
    settings.put("pulzar.values.patience", "30s");
    return settings.entrySet().stream().map(each -> each.getKey() + "=" + each.getValue()).toList();
  }
}
