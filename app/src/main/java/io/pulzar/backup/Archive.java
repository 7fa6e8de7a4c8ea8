package io.pulzar.backup;

import io.micronaut.json.JsonMapper;
import io.micronaut.serde.annotation.Serdeable;
import io.pulzar.storage.ReadTransaction;
import io.pulzar.storage.StorageEngine;
import io.pulzar.values.ValueSnapshot;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes an archive of all that a process keeps. */
final class Archive {

  static final String MASTER = "master";
  static final String NODE = "node";
  static final String HEAD = "pulzar-backup.json";
  static final String SUMMARY = "pulzar-backup-summary.json";

  /** In place of the files of a database. */
  static final String DUMP = "database.dump";

  static final int FORM = 1;

  private static final int BUFFER = 256 << 10;

  /**
   * The first entry.
   *
   * @param form version of this layout
   * @param created UTC
   * @param parts folders of the archive
   */
  @Serdeable
  record Head(int form, String version, String created, List<String> parts) {}

  /**
   * The last entry.
   *
   * @param damaged keys of large values whose files were damaged; they are not in the archive
   */
  @Serdeable
  record Summary(int databases, long files, List<String> damaged) {}

  private final BackupSources stock;
  private final JsonMapper json;

  Archive(BackupSources stock, JsonMapper json) {
    this.stock = stock;
    this.json = json;
  }

  /**
   * Writes one; blocks until all of it is written.
   *
   * @throws IOException when the target can't be written, or a file can't be read
   */
  Summary write(OutputStream target, String version, String created) throws IOException {
    try (BackupSources.Reading reading = stock.read()) {
      return write(reading, target, version, created);
    }
  }

  private Summary write(
      BackupSources.Reading reading, OutputStream target, String version, String created)
      throws IOException {
    List<BackupSources.Part> parts = reading.parts();
    Head head =
        new Head(FORM, version, created, parts.stream().map(BackupSources.Part::name).toList());
    List<ValueSnapshot.Hold> holds =
        parts.stream().flatMap(part -> part.values().stream()).map(ValueSnapshot::hold).toList();
    try {
      return StorageEngine.readAll(
          parts.stream().flatMap(part -> part.databases().stream()).toList(),
          states -> {
            try {
              return new Writing(whileThere(reading, target), head).run(parts, states);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      holds.forEach(ValueSnapshot.Hold::close);
    }
  }

  /** A stream that fails when what is read is no more. */
  private static OutputStream whileThere(BackupSources.Reading reading, OutputStream target) {
    return new FilterOutputStream(target) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        reading.failIfOver();
        out.write(bytes, offset, length);
      }
    };
  }

  private final class Writing {

    private final ZipOutputStream zip;
    private final Head head;
    private final List<String> damaged = new ArrayList<>();
    private int databases;
    private long files;

    Writing(OutputStream target, Head head) {
      this.zip = new ZipOutputStream(new BufferedOutputStream(target, BUFFER));
      this.head = head;
    }

    Summary run(List<BackupSources.Part> parts, List<ReadTransaction> states) throws IOException {
      entry(HEAD, json.writeValueAsBytes(head));
      for (BackupSources.Part part : parts) {
        write(part, states.subList(databases, databases + part.databases().size()));
      }
      Summary summary = new Summary(databases, files, damaged);
      entry(SUMMARY, json.writeValueAsBytes(summary));
      zip.finish();
      zip.flush();
      return summary;
    }

    private void write(BackupSources.Part part, List<ReadTransaction> states) throws IOException {
      for (Path file : part.files()) {
        entry(name(part, file), Files.readAllBytes(part.directory().resolve(file)));
      }
      for (int i = 0; i < states.size(); i++) {
        Path directory = part.directory().relativize(part.databases().get(i).directory());
        zip.setLevel(Deflater.BEST_SPEED);
        zip.putNextEntry(new ZipEntry(name(part, directory.resolve(DUMP))));
        states.get(i).dumpTo(new BufferedOutputStream(zip, BUFFER));
        zip.closeEntry();
        databases++;
      }
      if (part.values().isPresent()) {
        ValueSnapshot values = part.values().get();
        ReadTransaction state = states.get(part.databases().indexOf(values.database()));
        values.forEachFile(state, file -> write(part, file));
      }
    }

    /** Values may be compressed already, and reading them is to cost nothing but reading. */
    private void write(BackupSources.Part part, ValueSnapshot.KeptFile file) throws IOException {
      zip.setLevel(Deflater.NO_COMPRESSION);
      zip.putNextEntry(new ZipEntry(name(part, Path.of("values").resolve(file.path()))));
      if (!file.copyTo(zip)) {
        damaged.add(file.key());
      }
      zip.closeEntry();
      files++;
    }

    private void entry(String name, byte[] bytes) throws IOException {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(bytes);
      zip.closeEntry();
    }
  }

  private static String name(BackupSources.Part part, Path path) {
    return part.name() + "/" + path.toString().replace('\\', '/');
  }
}
