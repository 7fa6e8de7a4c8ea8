package io.pulzar.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.TestTime;
import io.pulzar.storage.Database;
import io.pulzar.storage.StorageEngine;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditLogTest {

  private static final int ENTRIES = 300;

  @TempDir private Path directory;
  private final Clock clock = Clock.systemUTC();

  @Test
  void whatWasAddedIsInTheNextPageWhoeverWritesIt() throws InterruptedException {
    try (Database database = StorageEngine.local().open(directory, AccessTables.ALL);
        AuditLog log = new AuditLog(database, Duration.ofDays(1), clock, TestTime.loops())) {
      AtomicBoolean over = new AtomicBoolean();
      // Takes out and writes what waits, all the time.
      Thread other =
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (!over.get()) {
                      newest(log);
                    }
                  });
      for (int number = 0; number < ENTRIES; number++) {
        log.add(new AuditEntry(clock.instant(), "jane", "here", "entry " + number, 200));
        assertThat(newest(log)).isEqualTo("entry " + number);
      }
      over.set(true);
      other.join();
    }
  }

  private static String newest(AuditLog log) {
    AuditQuestion any = AuditQuestion.of(null, null, null);
    return log.find(any, Long.MAX_VALUE, 1).entries().stream()
        .map(found -> found.entry().what())
        .findFirst()
        .orElse("");
  }
}
