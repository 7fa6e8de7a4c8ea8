package io.pulzar.backup;

import io.micronaut.json.JsonMapper;
import io.pulzar.http.Times;
import io.pulzar.roles.Version;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes archives of what this process keeps. */
@Singleton
final class Backups {

  private static final Logger LOG = LoggerFactory.getLogger(Backups.class);

  private final BackupSources stock;
  private final Archive archive;
  private final Clock clock;

  Backups(BackupSources stock, JsonMapper json, Clock clock) {
    this.stock = stock;
    this.archive = new Archive(stock, json);
    this.clock = clock;
  }

  /** Whether all of so many roles have begun, so that nothing would be missing. */
  boolean areWhole(int roles) {
    return stock.roles() >= roles;
  }

  /** Writes one; blocks until all of it is written. */
  void write(OutputStream out) throws IOException {
    Archive.Summary summary = archive.write(out, Version.CURRENT, Times.utc(clock.instant()));
    if (summary.damaged().isEmpty()) {
      LOG.info("backup of {} databases and {} files", summary.databases(), summary.files());
    } else {
      LOG.error(
          "backup of {} databases and {} files, without the damaged values {}",
          summary.databases(),
          summary.files(),
          summary.damaged());
    }
  }
}
