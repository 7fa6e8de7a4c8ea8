package io.pulzar.backup;

import io.micronaut.json.JsonMapper;
import io.pulzar.cli.RefusedException;
import io.pulzar.http.Times;
import io.pulzar.polyglot.LeftBehind;
import io.pulzar.roles.Version;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import io.pulzar.storage.StorageEngine;
import io.pulzar.storage.StorageSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Puts an archive in the place of what a stopped server keeps: first all of it beside, checked and
 * synced, then by renaming.
 */
final class Restore {

  private static final String STAGE = ".restoring";
  private static final String REPLACED = ".replaced";

  private final Settings settings;
  private final boolean overwrite;
  private final InstantSource clock;
  private final JsonMapper json = JsonMapper.createDefault();

  /**
   * @param overwrite whether what is there may be replaced
   */
  Restore(Settings settings, boolean overwrite) {
    this(settings, overwrite, InstantSource.system());
  }

  Restore(Settings settings, boolean overwrite, InstantSource clock) {
    this.clock = clock;
    this.settings = settings;
    this.overwrite = overwrite;
  }

  /**
   * What was restored.
   *
   * @param places directories by the folder of the archive
   */
  record Result(Archive.Head head, Archive.Summary summary, Map<String, Path> places) {}

  /**
   * Restores everything that is in the archive.
   *
   * @throws RefusedException when the archive is not complete or damaged, or something is there and
   *     may not be replaced, or is in use
   */
  Result from(Path archive) {
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      Archive.Head head = json(zip, Archive.HEAD, Archive.Head.class);
      Archive.Summary summary = json(zip, Archive.SUMMARY, Archive.Summary.class);
      if (head.form() != Archive.FORM) {
        throw new RefusedException(
            archive + " was made by version " + head.version() + ", in a form unknown here");
      }
      if (Version.isNewer(head.version())) {
        throw new RefusedException(
            archive
                + " was made by version "
                + head.version()
                + ", newer than this one ("
                + Version.CURRENT
                + "): restore it with that version or a later one");
      }
      Instant made = Times.parse(head.created());
      Map<String, Path> places = new LinkedHashMap<>();
      head.parts().forEach(part -> places.put(part, place(part)));
      for (Path place : places.values()) {
        prepare(place);
      }
      try {
        for (ZipEntry entry : zip.stream().toList()) {
          extract(zip, entry, places, made);
        }
        for (Path place : places.values()) {
          replace(place);
        }
      } finally {
        for (Path place : places.values()) {
          LeftBehind.remove(place.resolve(STAGE));
        }
      }
      return new Result(head, summary, places);
    } catch (DateTimeException e) {
      throw new RefusedException(archive + " does not say when it was made: " + e.getMessage());
    } catch (ZipException e) {
      throw new RefusedException(archive + " is no complete backup: " + e.getMessage());
    } catch (IOException e) {
      throw new RefusedException(archive + " can't be restored: " + e.getMessage());
    }
  }

  private Path place(String part) {
    return switch (part) {
      case Archive.MASTER -> masterPlace();
      case Archive.NODE -> ServerSettings.volume(settings);
      default -> throw new RefusedException("the backup has a part unknown here: " + part);
    };
  }

  private Path masterPlace() {
    if (StorageSettings.isRemote(settings)) {
      throw new RefusedException(
          "the backup has what a master keeps, and pulzar.storage says that this one keeps that in"
              + " PostgreSQL: put it back there with pg_restore, or restore it into a home without"
              + " pulzar.storage and move it with pulzar migrate");
    }
    return BackupSourceRegistration.masterDirectory(settings);
  }

  private void prepare(Path place) throws IOException {
    Files.createDirectories(place);
    try (Stream<Path> files = Files.walk(place, 3)) {
      List<Path> databases = files.filter(Files::isDirectory).toList();
      if (databases.stream().anyMatch(StorageEngine.local()::isInUse)) {
        throw new RefusedException("a server is running on " + place + ": stop it first");
      }
    }
    // An earlier restore that was killed may have left there what it was about to replace.
    boolean empty = children(place).isEmpty() && Files.notExists(place.resolve(REPLACED));
    if (!overwrite && !empty) {
      throw new RefusedException(
          place + " is not empty: choose another --home, or add --overwrite to replace it");
    }
    LeftBehind.remove(place.resolve(STAGE));
    LeftBehind.remove(place.resolve(REPLACED));
    Files.createDirectories(place.resolve(STAGE));
  }

  private void extract(ZipFile zip, ZipEntry entry, Map<String, Path> places, Instant made)
      throws IOException {
    int slash = entry.getName().indexOf('/');
    Path place = slash < 0 ? null : places.get(entry.getName().substring(0, slash));
    if (place == null) {
      return;
    }
    Path stage = place.resolve(STAGE);
    Path file = stage.resolve(entry.getName().substring(slash + 1)).normalize();
    if (!file.startsWith(stage)) {
      throw new ZipException("it has a file that would be outside: " + entry.getName());
    }
    Path folder = Files.createDirectories(FileSync.folderOf(file));
    CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32());
    try (in) {
      if (entry.getName().endsWith("/" + Archive.DUMP)) {
        StorageEngine.local().load(in, folder, made, clock.instant());
      } else {
        Files.copy(in, file);
        FileSync.sync(file);
      }
      in.transferTo(OutputStream.nullOutputStream());
    }
    if (in.getChecksum().getValue() != entry.getCrc()) {
      throw new ZipException(entry.getName() + " has another checksum than when it was written");
    }
  }

  private static void replace(Path place) throws IOException {
    Path stage = place.resolve(STAGE);
    try (Stream<Path> files = Files.walk(stage)) {
      for (Path directory : files.filter(Files::isDirectory).toList()) {
        FileSync.sync(directory);
      }
    }
    Path replaced = Files.createDirectories(place.resolve(REPLACED));
    for (Path old : children(place)) {
      Files.move(old, replaced.resolve(old.getFileName()));
    }
    for (Path restored : children(stage)) {
      Files.move(restored, place.resolve(restored.getFileName()));
    }
    FileSync.sync(place);
    LeftBehind.remove(replaced);
  }

  /** What a server keeps here. */
  private static List<Path> children(Path place) throws IOException {
    try (Stream<Path> children = Files.list(place)) {
      return children.filter(child -> !child.endsWith(STAGE) && !child.endsWith(REPLACED)).toList();
    }
  }

  private <T> T json(ZipFile zip, String name, Class<T> type) throws IOException {
    @Nullable ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new ZipException("it has no " + name);
    }
    try (InputStream in = zip.getInputStream(entry)) {
      T read = json.readValue(in, type);
      if (read == null) {
        throw new ZipException(name + " is empty");
      }
      return read;
    }
  }
}
