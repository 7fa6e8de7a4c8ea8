package io.pulzar.storage;

import io.pulzar.storage.engine.About;
import io.pulzar.storage.engine.DumpReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/** What is in a copy of a database, so that two can be compared. */
public final class DumpContents {

  private DumpContents() {}

  /**
   * What a table has.
   *
   * @param checksum of all keys and values in their order
   */
  public record Content(long entries, long checksum) {}

  /**
   * Reads all of a copy.
   *
   * @return the tables by name, without what the database says about itself
   */
  public static Map<String, Content> of(InputStream dump) throws IOException {
    DumpReader in = new DumpReader(dump);
    Map<String, Content> contents = new TreeMap<>();
    for (Optional<String> table = in.nextTable(); table.isPresent(); table = in.nextTable()) {
      CRC32C checksum = new CRC32C();
      long entries = 0;
      while (in.nextEntry()) {
        checksum.update(in.key());
        checksum.update(in.value());
        entries++;
      }
      if (!table.get().equals(About.TABLE.name())) {
        contents.put(table.get(), new Content(entries, checksum.getValue()));
      }
    }
    return contents;
  }
}
