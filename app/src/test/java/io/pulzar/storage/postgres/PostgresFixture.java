package io.pulzar.storage.postgres;

import io.pulzar.EmbeddedPostgres;
import io.pulzar.storage.StorageAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Engines on the shared server, each in a schema of its own. */
final class PostgresFixture {

  private static final AtomicInteger SCHEMAS = new AtomicInteger();
  private static final Duration LEASE = Duration.ofSeconds(1);

  private PostgresFixture() {}

  static String schema() {
    return "s" + SCHEMAS.incrementAndGet();
  }

  static PostgresEngine engine() {
    return new PostgresEngine(address(EmbeddedPostgres.shared().url(), schema(), "a home"));
  }

  static StorageAddress address(String url, String schema, String holder) {
    return new StorageAddress(
        url,
        Optional.of(EmbeddedPostgres.USER),
        Optional.of(EmbeddedPostgres.PASSWORD),
        schema,
        holder,
        4,
        Duration.ofSeconds(20),
        Duration.ofSeconds(5),
        LEASE,
        1 << 20);
  }
}
