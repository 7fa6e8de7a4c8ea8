package io.pulzar.editor;

import io.pulzar.http.ApiException;
import io.pulzar.scripts.ScriptDocumentation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Changes files, one change at a time, and remembers what they were. */
final class SourceEditor {

  private final Map<SourceFile.Kind, SourceDirectory> directories;
  private final SourceVersions versions;
  private final long largest;
  private final Clock clock;
  private final Lock changing = new ReentrantLock();

  SourceEditor(
      Map<SourceFile.Kind, SourceDirectory> directories,
      SourceVersions versions,
      long largest,
      Clock clock) {
    this.directories = directories;
    this.versions = versions;
    this.largest = largest;
    this.clock = clock;
  }

  /** A file as it is now. */
  record Present(String text, String sha256) {}

  /** A file after it was saved. */
  record Saved(SourceVersion version, boolean created, List<String> problems) {}

  Optional<Present> read(SourceFile file) throws IOException {
    return directory(file)
        .read(file)
        .map(bytes -> new Present(text(file, bytes), SourceVersion.sha256(bytes)));
  }

  /**
   * Replaces a file, or makes it. The version is on the disk before the file changes, so that a
   * crash in between loses neither.
   *
   * @throws ApiException 412 when the condition does not hold, 413 when the text is too large
   */
  Saved save(SourceFile file, String text, EditCondition condition, String who) throws IOException {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    if (content.length > largest) {
      throw SourceDirectory.tooLarge(largest);
    }
    changing.lock();
    try {
      Optional<Present> before = read(file);
      condition.require(file, before.map(Present::sha256));
      SourceVersion version =
          directory(file)
              .write(
                  file,
                  content,
                  () ->
                      versions.add(
                          file, before.map(Present::text), text, false, who, clock.instant()));
      return new Saved(version, before.isEmpty(), problems(file, text));
    } finally {
      changing.unlock();
    }
  }

  /**
   * Removes a file; its versions stay.
   *
   * @throws ApiException 404 when there is none, 412 when the condition does not hold
   */
  void delete(SourceFile file, EditCondition condition, String who) throws IOException {
    changing.lock();
    try {
      Optional<Present> before = read(file);
      condition.require(file, before.map(Present::sha256));
      if (before.isEmpty()) {
        throw missing(file);
      }
      SourceVersion _ =
          versions.add(file, before.map(Present::text), "", true, who, clock.instant());
      directory(file).delete(file);
    } finally {
      changing.unlock();
    }
  }

  /** The newest first. */
  List<SourceVersion.Summary> versions(SourceFile file) {
    return versions.of(file);
  }

  Optional<SourceVersion> version(SourceFile file, long number) {
    return versions.find(file, number);
  }

  static ApiException missing(SourceFile file) {
    return ApiException.notFound("source_not_found", "there is no file " + file + ".py");
  }

  private static List<String> problems(SourceFile file, String text) {
    return file.kind() == SourceFile.Kind.JOBS
        ? ScriptDocumentation.of(file.path(), text).problems()
        : List.of();
  }

  private SourceDirectory directory(SourceFile file) {
    return Objects.requireNonNull(directories.get(file.kind()));
  }

  /** Exactly, or not at all: what would be shown otherwise would be saved otherwise. */
  private static String text(SourceFile file, byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw ApiException.conflict(
          "source_not_utf8", "the file " + file + ".py is not UTF-8; change it on the disk");
    }
  }
}
