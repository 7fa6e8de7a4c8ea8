package io.pulzar.backup;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.server.types.files.StreamedFile;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.security.annotation.Secured;
import io.pulzar.link.ClusterGuard;
import io.pulzar.rights.Rights;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import jakarta.inject.Named;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /skynet/backup}: an archive of all that this process keeps, for who has the cluster's
 * key; {@code GET /admin/backup}: the same for administrators. It is made while it is sent; one
 * that broke off lacks its summary.
 */
@Controller
final class BackupController {

  static final String PATH = "/skynet/backup";

  private static final Logger LOG = LoggerFactory.getLogger(BackupController.class);
  private static final MediaType ZIP = MediaType.of("application/zip");

  private final Backups backups;
  private final ClusterGuard guard;
  private final ExecutorService disk;
  private final Duration patience;

  BackupController(
      Backups backups,
      ClusterGuard guard,
      Settings settings,
      @Named(TaskExecutors.BLOCKING) ExecutorService disk) {
    this.backups = backups;
    this.guard = guard;
    this.patience = settings.get(ServerSettings.PATIENCE);
    this.disk = disk;
  }

  @Secured(Rights.CLUSTER)
  @Get(PATH)
  StreamedFile backup(HttpRequest<?> request) {
    guard.check(request);
    return archive();
  }

  @Secured(Rights.ADMINISTER)
  @Get("/admin/backup")
  StreamedFile download() {
    return archive().attach("pulzar-%s.zip".formatted(LocalDate.now(ZoneOffset.UTC)));
  }

  private StreamedFile archive() {
    BoundedPipe pipe = new BoundedPipe(patience);
    return new StreamedFile(pipe.in(() -> disk.execute(() -> write(pipe))), ZIP);
  }

  private void write(BoundedPipe pipe) {
    try {
      backups.write(pipe.out());
    } catch (IOException | RuntimeException e) {
      LOG.warn("a backup broke off: {}", e.getMessage());
      pipe.fail("the backup broke off");
    } finally {
      pipe.end();
    }
  }
}
