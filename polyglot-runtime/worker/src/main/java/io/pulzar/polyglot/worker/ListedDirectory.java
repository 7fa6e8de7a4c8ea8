package io.pulzar.polyglot.worker;

import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/** The entries of a directory, read already. */
record ListedDirectory(List<Path> entries) implements DirectoryStream<Path> {

  @Override
  public Iterator<Path> iterator() {
    return entries.iterator();
  }

  @Override
  public void close() {}
}
