package io.pulzar.polyglot.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The files of the scripts' directory that a context has read, as they were just before: when one
 * of them is another now, what the context holds is old.
 */
final class SourceStamps {

  /** A script that reads more files than this gets a new context each time. */
  private static final int REMEMBERED_FILES = 500;

  private record Stamp(FileTime modified, long size) {}

  private final Map<Path, Stamp> stamps = new ConcurrentHashMap<>();

  /** Called before a file is opened, so that a change while it is read is seen later. */
  void remember(Path file) {
    if (stamps.size() <= REMEMBERED_FILES && !stamps.containsKey(file)) {
      Stamp stamp = stampOf(file);
      if (stamp != null) {
        stamps.put(file, stamp);
      }
    }
  }

  boolean changed() {
    if (stamps.size() > REMEMBERED_FILES) {
      return true;
    }
    for (Map.Entry<Path, Stamp> entry : stamps.entrySet()) {
      if (!entry.getValue().equals(stampOf(entry.getKey()))) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Stamp stampOf(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(attributes.lastModifiedTime(), attributes.size());
    } catch (IOException e) {
      return null;
    }
  }
}
